// Two network namespaces of one machine, with a link in software between them.
#include "library.hpp"

using namespace ringside;

namespace {

scenarios::RunResult between(std::vector<std::pair<std::string, std::string>> set,
                             const std::string& path = "veth") {
  return run_library("two-namespaces", {.path = path, .set = std::move(set)});
}

constexpr double clock_hz = 2.6e9;  // of vm-2026
constexpr double udp_input = 975 + 1365, ip_input = 508 + 850, poll = 1015;

}  // namespace

TEST_CASE("what a namespace receives is received on the core of who sends") {
  const auto result = between({{"offered_pps", "10k"}});
  CHECK(metric(result, "delivered_pps") == Approx(10'000).epsilon(0.01));
  CHECK(metric(result, "interrupts_per_packet") == 0);
  CHECK(metric(result, "dma_transfers_per_packet") == 0);
  CHECK(metric(result, "cpu_copies_per_packet") == Approx(1).epsilon(0.01));
  CHECK(result.cores[0].softirq > 0.04);
  CHECK(result.cores[1].softirq == 0);
  CHECK(result.cores[1].kernel > 0);  // there the program calls recv()
}

TEST_CASE("who wakes a thread of another core that is idle sends an interrupt, and pays for it") {
  const auto softirq_cycles = [](const char* core) {
    const auto result = between({{"offered_pps", "10k"}, {"program_core", core}});
    return result.cores[0].softirq * clock_hz / metric(result, "delivered_pps");
  };
  constexpr double wakeup = 1993, interrupt = 24000;
  CHECK(softirq_cycles("0") == Approx(poll + ip_input + udp_input + wakeup).epsilon(0.01));
  CHECK(softirq_cycles("1") == Approx(poll + ip_input + udp_input + wakeup + interrupt).epsilon(0.01));
}

TEST_CASE("the receiver comes right behind the sender, and a program on another core after it has woken up") {
  constexpr double to_nanoseconds = 1e9 / clock_hz, wakeup = 1993, interrupt = 24000, idle_exit = 41500;
  const auto least = [](const char* core) {
    return metric(between({{"offered_pps", "1k"}, {"program_core", core}}), "latency_ns_min");
  };
  CHECK(least("0") < 5'000);
  CHECK(least("1") > (wakeup + interrupt + idle_exit) * to_nanoseconds);
  CHECK(least("1") < 32'000);
}

TEST_CASE("with RPS the flow chooses the core, which is interrupted") {
  const auto result = between({{"offered_pps", "10k"}, {"flows", "64"}, {"program_core", "0"}}, "veth-rps");
  CHECK(result.cores[1].softirq > 0.01);
  CHECK(result.cores[1].hardirq > 0.005);
  CHECK(metric(result, "interrupts_per_packet") > 0.9);
}

TEST_CASE("a link in software fits other ways to receive") {
  CHECK(metric(between({{"offered_pps", "line"}}, "napi-recvmmsg+veth"), "syscalls_per_packet") < 0.5);
  CHECK(metric(between({{"offered_pps", "line"}}, "packet-mmap-v3+veth"), "syscalls_per_packet") < 0.1);
}

TEST_CASE("a program that is to send more than it can sends without a pause") {
  const auto result = between({{"offered_pps", "1M"}});
  CHECK(metric(result, "delivered_pps") ==
        Approx(metric(between({{"offered_pps", "line"}}), "delivered_pps")));
  CHECK(result.cores[0].idle < 0.001);
}
