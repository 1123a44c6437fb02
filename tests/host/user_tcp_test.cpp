// TCP in the program: a loop polls for frames, runs the protocols, and calls the program.
#include "library.hpp"

using namespace ringside;
using namespace std::chrono_literals;

namespace {

scenarios::RunResult datagrams(const char* path, const char* offered) {
  return run_library("receive-livelock",
                     {.path = path,
                      .profile = "xeon-2018",
                      .set = {{"to", "router"}, {"rate", "100Gbps"}, {"offered_pps", offered}},
                      .warmup = Duration{1ms},
                      .duration = Duration{2ms}});
}

scenarios::RunResult file(const char* path, const char* loss, std::uint64_t seed = 1) {
  return run_library("tcp-file",
                     {.path = path,
                      .set = {{"rate", "10Gbps"}, {"delay", "10us"}, {"loss", loss}, {"reorder", loss}},
                      .seed = seed});
}

}  // namespace

TEST_CASE("above DPDK nobody is interrupted, woken or switched to, and no call enters the kernel") {
  const auto result = file("user-tcp-dpdk", "0");
  CHECK(metric(result, "stream_intact") == 1);
  for (const auto* none : {"syscalls", "interrupts_per_packet", "wakeups_per_packet"})
    CHECK(metric(result, none) == 0);
  CHECK(metric(result, "cpu_copies_per_byte") == 1);  // what the interface of sockets asks for
}

TEST_CASE("above AF_XDP the card interrupts, and what is sent takes a call for each batch") {
  const auto result = datagrams("user-tcp-af-xdp", "100k");
  CHECK(metric(result, "syscalls_per_packet") == 0);  // nothing is sent
  CHECK(metric(result, "interrupts_per_packet") > 0.5);
  const auto transfer = file("user-tcp-af-xdp", "0");
  CHECK(metric(transfer, "stream_intact") == 1);
  CHECK(metric(transfer, "syscalls") > 0);
  CHECK(metric(transfer, "mode_switches") == 2 * metric(transfer, "syscalls"));
}

TEST_CASE("the loop runs the timers of its protocols") {
  for (const auto* path : {"user-tcp-dpdk", "user-tcp-af-xdp"})
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
      CAPTURE(path, seed);
      CHECK(metric(file(path, "0.2", seed), "stream_intact") == 1);
    }
}

TEST_CASE("a datagram is with its program in less than a microsecond, and faster than by the kernel") {
  CHECK(metric(datagrams("user-tcp-dpdk", "10k"), "latency_ns_p50") < 1000);
  CHECK(metric(datagrams("user-tcp-af-xdp", "10k"), "latency_ns_p50") <
        metric(datagrams("napi-socket", "10k"), "latency_ns_p50"));
}

TEST_CASE("too many datagrams are dropped by the card, before the loop has worked for them") {
  const auto busy = datagrams("user-tcp-dpdk", "3M"), flooded = datagrams("user-tcp-dpdk", "20M");
  CHECK(metric(flooded, "delivered_pps") > 0.98 * metric(busy, "delivered_pps"));
  CHECK(metric(flooded, "dropped_before_protocol") > 0);
  for (const auto& [place, count] : flooded.drops) CHECK(place == "rx ring");
}

TEST_CASE("the program shares its core with the kernel's poll, or has one of its own") {
  const auto delivered = [](const char* cores, const char* program_core) {
    return metric(run_library("roads", {.path = "user-tcp-af-xdp",
                                        .set = {{"offered_pps", "10M"},
                                                {"cores", cores},
                                                {"nic_queues", "1"},
                                                {"program_core", program_core}}}),
                  "delivered_pps");
  };
  CHECK(delivered("2", "1") > 1.3 * delivered("1", "0"));
}

TEST_CASE("with need_wakeup a program makes no call while the driver polls anyway") {
  const auto calls = [](const char* need_wakeup) {
    const auto result =
        run_library("where-should-tcp-live",
                    {.path = "user-tcp-af-xdp",
                     .set = {{"rate", "40Gbps"}, {"size", "64MiB"}, {"need_wakeup", need_wakeup}}});
    CHECK(metric(result, "stream_intact") == 1);
    return metric(result, "syscalls");
  };
  CHECK(calls("1") < 0.95 * calls("0"));
}
