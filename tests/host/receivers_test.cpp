// Ways to take datagrams from a socket: one call for each, two, one for many, or none at all.
#include "library.hpp"

using namespace ringside;

namespace {

// One core, which receives and runs the program: what waits in the socket is what one call can take.
Settings on_one_core(const std::string& path, const std::string& offered_pps) {
  return {.path = path, .set = {{"offered_pps", offered_pps}}};
}

// The card's work, the program and threads of the kernel each have a core.
Settings on_three_cores(const std::string& path, const std::string& offered_pps) {
  return {.path = path,
          .set = {{"offered_pps", offered_pps},
                  {"cores", "3"},
                  {"nic_queues", "1"},
                  {"program_core", "1"},
                  {"kthread_core", "2"}}};
}

double calls(const Settings& settings) {
  const auto result = run_library("roads", settings);
  CHECK(metric(result, "cpu_copies_per_packet") == Approx(1).epsilon(0.01));
  return metric(result, "syscalls_per_packet");
}

Settings with(Settings settings, const std::string& key, const std::string& value) {
  settings.set.emplace_back(key, value);
  return settings;
}

}  // namespace

TEST_CASE("epoll asks first and fetches then: two calls for each datagram, at any load") {
  CHECK(calls(on_one_core("napi-epoll", "1000")) == Approx(2));
  CHECK(calls(on_one_core("napi-epoll", "1M")) == Approx(2));
}

TEST_CASE("recvmmsg shares a call among the datagrams that wait, as many as its vector holds") {
  CHECK(calls(on_one_core("napi-recvmmsg", "1000")) == Approx(1).epsilon(0.02));
  CHECK(calls(on_one_core("napi-recvmmsg", "1M")) == Approx(1.0 / 32).epsilon(0.02));
  CHECK(calls(with(on_one_core("napi-recvmmsg", "1M"), "batch", "8")) == Approx(1.0 / 8).epsilon(0.02));
  CHECK(calls(with(on_one_core("napi-recvmmsg", "1M"), "batch", "1")) == Approx(1).epsilon(0.02));
}

TEST_CASE("io_uring enters the kernel once for all completions") {
  CHECK(calls(on_one_core("io-uring-recv", "1000")) == Approx(1).epsilon(0.02));
  CHECK(calls(on_one_core("io-uring-recv", "1M")) == Approx(1.0 / 32).epsilon(0.02));
  CHECK(calls(on_one_core("io-uring-multishot", "1M")) == Approx(1.0 / 256).epsilon(0.1));
}

TEST_CASE("with a thread that polls the submission ring a program makes no calls at all") {
  for (const std::string load : {"1000", "1M", "3M"}) {
    CAPTURE(load);
    const auto result = run_library("roads", on_three_cores("io-uring-sqpoll", load));
    CHECK(metric(result, "syscalls_per_packet") == 0);
    CHECK(metric(result, "mode_switches_per_packet") == 0);
    CHECK(metric(result, "wakeups_per_packet") == 0);
    CHECK(metric(result, "cpu_copies_per_packet") == Approx(1).epsilon(0.01));
    CHECK(result.cores[1].user == Approx(1).epsilon(0.01));  // both look, and look again
    CHECK(result.cores[2].kernel == Approx(1).epsilon(0.01));
  }
}

TEST_CASE("a thread that polls needs a core of its own") {
  const auto shared = run_library("roads", on_one_core("io-uring-sqpoll", "500k"));
  const auto apart = run_library("roads", on_three_cores("io-uring-sqpoll", "500k"));
  CHECK(metric(apart, "delivered_pps") == Approx(500'000).epsilon(0.02));
  CHECK(metric(shared, "delivered_pps") < 0.05 * metric(apart, "delivered_pps"));
}

TEST_CASE("without a free request a datagram waits in the socket, and is lost there") {
  const auto result = run_library("roads", with(on_three_cores("io-uring-recv", "2M"), "requests", "1"));
  CHECK(metric(result, "delivered_pps") > 100'000);
  CHECK(metric(result, "cpu_copies_per_packet") == Approx(1).epsilon(0.01));
  REQUIRE(result.drops.size() == 1);
  CHECK(result.drops[0].first == "socket buffer");
}

TEST_CASE("with RPS one core polls the card, and the flows' cores do the rest") {
  const auto on = [](const char* path) {
    return run_library(
        "roads",
        {.path = path,
         .set = {{"offered_pps", "500k"}, {"cores", "4"}, {"nic_queues", "1"}, {"program_core", "3"}}});
  };
  const auto alone = on("napi-socket");
  CHECK(alone.cores[1].softirq + alone.cores[2].softirq == 0);
  const auto spread = on("napi-rps");
  CHECK(metric(spread, "delivered_pps") == Approx(500'000).epsilon(0.02));
  CHECK(metric(spread, "cpu_copies_per_packet") == Approx(1).epsilon(0.01));
  for (const std::size_t core : {1, 2}) {
    CAPTURE(core);
    CHECK(spread.cores[core].softirq > 0.05);
    CHECK(spread.cores[core].hardirq == 0);
  }
  CHECK(spread.cores[0].softirq < alone.cores[0].softirq);
}

TEST_CASE("a CPUMAP moves the sk_buff to the flow's core, too, and only there") {
  const auto on = [](const char* path, const char* flow_cores) {
    return run_library("roads", {.path = path,
                                 .set = {{"offered_pps", "2M"},
                                         {"cores", "4"},
                                         {"nic_queues", "1"},
                                         {"program_core", "3"},
                                         {"flow_cores", flow_cores}}});
  };
  const auto steered = on("napi-rps", "1-2"), mapped = on("xdp-cpumap", "1-2");
  CHECK(metric(mapped, "delivered_pps") == Approx(2'000'000).epsilon(0.02));
  CHECK(metric(mapped, "cpu_copies_per_packet") == Approx(1).epsilon(0.01));
  CHECK(mapped.cores[0].softirq < steered.cores[0].softirq);
  CHECK(mapped.cores[1].kernel > 0.02);
  CHECK(mapped.cores[3].softirq == 0);
  const auto one = on("xdp-cpumap", "2");
  CHECK(one.cores[1].softirq + one.cores[1].kernel == 0);
}

TEST_CASE(
    "busy polling: the call that waits does the work of interrupt, softirq and wake-up, and they are none") {
  const auto asleep = run_library("roads", {.set = {{"offered_pps", "10000"}}});
  const auto awake = run_library("roads", {.path = "napi-busy-poll", .set = {{"offered_pps", "10000"}}});
  CHECK(metric(awake, "interrupts_per_packet") == 0);
  CHECK(metric(awake, "wakeups_per_packet") == 0);
  CHECK(metric(awake, "syscalls_per_packet") == Approx(1).epsilon(0.01));
  CHECK(metric(awake, "cpu_copies_per_packet") == Approx(1).epsilon(0.01));
  CHECK(metric(awake, "cpu_utilisation") == Approx(1));
  CHECK(metric(awake, "latency_ns_p50") < metric(asleep, "latency_ns_p50") / 2);
  const auto flooded = run_library("roads", {.path = "napi-busy-poll", .set = {{"offered_pps", "20M"}}});
  CHECK(metric(flooded, "delivered_pps") > 1e6);  // whoever polls is whoever reads: none starves the other
}

TEST_CASE("streams, too: TCP runs in the call that polls, timers and all") {
  const auto result = run_library("tcp-file", {.path = "napi-busy-poll", .set = {{"loss", "0.3"}}});
  CHECK(metric(result, "stream_intact") == 1);
  CHECK(metric(result, "retransmits") > 0);
}
