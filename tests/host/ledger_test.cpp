// The ledger of bytes and calls, and a quiet datagram's latency, by hand arithmetic.
#include <map>

#include "library.hpp"
#include "ringside/path/check.hpp"

using namespace ringside;
using namespace std::chrono_literals;

namespace {

// A program on the router receives, at a load that every path carries without loss.
Settings receiving(const std::string& path) {
  return {.path = path,
          .profile = "xeon-2018",
          .set = {{"to", "router"}, {"rate", "10Gbps"}, {"offered_pps", "1000"}, {"arrivals", "even"}}};
}

}  // namespace

TEST_CASE("a datagram is copied as often as its road says") {
  const std::map<std::string, double> copies{{"bsd-42", 2}, {"linux-net4", 1}, {"napi-socket", 1}};
  for (const auto& [path, expected] : copies) {
    CAPTURE(path);
    const auto result = run_library("receive-livelock", receiving(path));
    CHECK(metric(result, "delivered_pps") == metric(result, "offered_pps"));
    CHECK(metric(result, "cpu_copies_per_packet") == expected);
    CHECK(metric(result, "dma_transfers_per_packet") == 1);
    CHECK(metric(result, "syscalls_per_packet") == 1);
    CHECK(metric(result, "mode_switches_per_packet") == 2);
    CHECK(metric(result, "interrupts_per_packet") == 1);
    CHECK(metric(result, "wakeups_per_packet") == 1);
  }
}

TEST_CASE("a frame in the memory of the card is fetched by a core, and by no DMA") {
  const std::map<std::string, double> copies{{"linux-net1", 2}, {"linux-net2", 2}, {"linux-net3", 2}};
  for (const auto& [path, expected] : copies) {
    CAPTURE(path);
    const auto result = run_library("receive-livelock", receiving(path));
    CHECK(metric(result, "delivered_pps") == metric(result, "offered_pps"));
    CHECK(metric(result, "cpu_copies_per_packet") == expected);
    CHECK(metric(result, "dma_transfers_per_packet") == 0);
  }
}

TEST_CASE("a kernel of one processor leaves the others idle") {
  auto settings = receiving("bsd-42");
  settings.set.emplace_back("cores", "4");
  const auto result = run_library("receive-livelock", settings);
  REQUIRE(result.cores.size() == 4);
  CHECK(result.cores[0].idle < 1);
  for (std::size_t i = 1; i < 4; ++i) CHECK(result.cores[i].idle == 1);
  CHECK(metric(result, "cpu_utilisation") == Approx((1 - result.cores[0].idle) / 4));
}

TEST_CASE("the ledger and the map agree: every copy is one of a copy stage") {
  for (const std::string path : {"bsd-42", "bsd-42-screend", "linux-net4", "napi-socket"})
    for (const std::string to : {"router", "sink"}) {
      CAPTURE(path, to);
      const auto loaded =
          load("receive-livelock", {.path = path,
                                    .profile = "xeon-2018",
                                    .set = {{"to", to}, {"rate", "10Gbps"}, {"offered_pps", "300000"}},
                                    .warmup = 0ms,
                                    .duration = 100ms});
      const auto result = run(loaded);
      double by_stages = 0;
      const auto& stages = loaded.ingredients.paths.at("router").stages;
      for (std::size_t s = 0; s < stages.size(); ++s)
        if (stages[s].memory == path::Memory::copy) by_stages += double(result.stages[s].packets);
      const double packets = metric(result, "delivered_packets");
      CHECK(metric(result, "cpu_copies_per_packet") * packets == Approx(by_stages));
      CHECK(packets > 0);
    }
}

TEST_CASE("a program that reads bytes it has no right to is found out, before the run and in it") {
  auto loaded = load("receive-livelock", receiving("napi-socket"));
  auto& path = loaded.ingredients.paths.at("router");
  for (auto& stage : path.stages)
    if (stage.name == "recv") stage.memory = path::Memory::none;  // cut the copy
  CHECK_FALSE(path::check(path).empty());
  const auto result = scenarios::run(loaded.scenario, loaded.ingredients, {});
  REQUIRE(result.violations.size() == 1);
  CHECK(result.violations[0].find("kernel memory") != std::string::npos);
}

TEST_CASE("a quiet datagram takes the sum of its costs") {
  const auto loaded = load("receive-livelock", receiving("napi-socket"));
  const auto& profile = loaded.ingredients.profiles.at("router");
  const auto result = run(loaded);
  double cycles = 0;
  for (const char* op : {"irq.handler", "napi.poll", "driver.rx", "skb.alloc", "netif.receive", "ip.input",
                         "udp.input", "socket.enqueue", "sched.wakeup", "sched.switch", "socket.recv",
                         "copy.user", "syscall.exit", "app.work", "idle.exit"}) {
    const auto& price = profile.ops.at(op);
    cycles += price.cycles_per_packet + price.cycles_per_batch;
  }
  constexpr int frame = 60, payload = 18;
  cycles += profile.ops.at("copy.user").cycles_per_byte * payload;
  cycles += profile.ops.at("skb.alloc").cycles_per_byte * frame;
  const auto& dma = profile.ops.at("nic.rx");
  const double ns = cycles / 3.6 + dma.ns_latency + dma.ns_per_packet + dma.ns_per_byte * frame;
  CHECK(metric(result, "latency_ns_min") == Approx(ns).margin(0.02));  // each stage rounds to a picosecond
  CHECK(metric(result, "latency_ns_max") == Approx(ns).margin(0.02));
}

TEST_CASE("the parts of a core's time add up to the whole") {
  const auto result = run_library(
      "receive-livelock", {.path = "napi-socket", .profile = "alpha-1996", .set = {{"to", "router"}}});
  REQUIRE(result.cores.size() == 1);
  const auto& c = result.cores[0];
  CHECK(c.hardirq + c.softirq + c.kernel + c.user + c.idle == Approx(1).margin(1e-9));
}
