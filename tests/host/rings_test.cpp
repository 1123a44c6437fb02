// Roads that share rings with the program: what each packet costs on them, and where it is lost.
#include "library.hpp"

using namespace ringside;
using namespace std::chrono_literals;

namespace {

using Set = std::vector<std::pair<std::string, std::string>>;

scenarios::RunResult received(const std::string& path, const std::string& offered, Set more = {}) {
  more.insert(more.end(), {{"offered_pps", offered}, {"arrivals", "even"}});
  return run_library("roads", {.path = path, .set = more, .warmup = 2ms, .duration = Duration{20ms}});
}

// The program has a core of its own.
scenarios::RunResult on_two_cores(const std::string& path, const std::string& offered, Set more = {}) {
  more.insert(more.end(), {{"cores", "2"}, {"nic_queues", "1"}, {"program_core", "1"}});
  return received(path, offered, more);
}

double lost(const scenarios::RunResult& result, const std::string& where) {
  for (const auto& [place, packets] : result.drops)
    if (place == where) return static_cast<double>(packets);
  return 0;
}

}  // namespace

TEST_CASE("a packet socket: a copy and a system call for every frame") {
  for (const std::string offered : {"10000", "300000"}) {
    CAPTURE(offered);
    const auto result = received("packet-recv", offered);
    CHECK(metric(result, "delivered_pps") == Approx(std::stod(offered)).epsilon(0.01));
    CHECK(metric(result, "cpu_copies_per_packet") == Approx(1).epsilon(0.001));
    CHECK(metric(result, "syscalls_per_packet") == Approx(1).epsilon(0.001));
  }
}

TEST_CASE("shared rings: poll() for each frame when there are few, and hardly ever when there are many") {
  struct Road {
    std::string path{};
    double copies = 0;
    std::string many{};  // more than the program can take
  };
  for (const Road& road : {Road{"packet-mmap-v1", 1, "2000000"}, Road{"packet-mmap-v2", 1, "2000000"},
                           Road{"af-xdp-copy", 1, "3000000"}, Road{"af-xdp-zerocopy", 0, "5000000"}}) {
    CAPTURE(road.path);
    const auto quiet = received(road.path, "10000"), busy = received(road.path, road.many);
    CHECK(metric(quiet, "cpu_copies_per_packet") == Approx(road.copies).epsilon(0.01));
    CHECK(metric(quiet, "syscalls_per_packet") == Approx(1).epsilon(0.01));
    CHECK(metric(quiet, "wakeups_per_packet") == Approx(1).epsilon(0.01));
    CHECK(metric(busy, "syscalls_per_packet") < 0.1);
    CHECK(metric(busy, "delivered_pps") > 0.5e6);
  }
}

TEST_CASE("a program that is kept busy on a core of its own makes no system calls at all") {
  for (const std::string path : {"af-xdp-copy", "af-xdp-zerocopy"}) {
    CAPTURE(path);
    const auto result = on_two_cores(path, "20000000");
    CHECK(metric(result, "delivered_pps") > 10e6);
    CHECK(metric(result, "syscalls_per_packet") < 0.001);
    CHECK(metric(result, "wakeups_per_packet") < 0.001);
  }
}

TEST_CASE(
    "buffers that a slow program keeps are buffers that the card lacks; where they are copied, it does not") {
  const Set small_ring{{"xsk_ring", "4096"}};
  const auto copied = received("af-xdp-copy", "4000000", small_ring);
  const auto lent = received("af-xdp-zerocopy", "4000000", small_ring);
  CHECK(lost(copied, "xsk rx ring") > 0);  // after the work of copying
  CHECK(lost(copied, "rx ring") == 0);
  CHECK(lost(lent, "rx ring") > 0);  // by the card, which has nowhere to write: 2048 buffers are in the ring
  CHECK(lost(lent, "xsk rx ring") == 0);
  CHECK(metric(lent, "delivered_pps") > 1.2 * metric(copied, "delivered_pps"));
}

TEST_CASE(
    "what a program sends by AF_XDP passes all four rings, and is copied only where the driver knows nothing "
    "of them") {
  struct Road {
    std::string path{};
    double copies = 0;
  };
  for (const Road& road : {Road{"af-xdp-copy", 2}, Road{"af-xdp-zerocopy", 0}}) {
    CAPTURE(road.path);
    const auto result = on_two_cores(road.path, "100000", {{"app", "tx"}});
    CHECK(metric(result, "delivered_pps") == Approx(100000).epsilon(0.01));
    CHECK(metric(result, "sent_pps") == Approx(100000).epsilon(0.01));
    CHECK(metric(result, "cpu_copies_per_packet") == Approx(road.copies).epsilon(0.01));
    CHECK(metric(result, "dropped_pps") == 0);
  }
}

TEST_CASE(
    "need_wakeup saves the system call for each batch while the driver polls anyway, and nothing else") {
  const auto told = on_two_cores("af-xdp-zerocopy", "20000000", {{"app", "tx"}, {"need_wakeup", "0"}});
  const auto seen = on_two_cores("af-xdp-zerocopy", "20000000", {{"app", "tx"}});
  CHECK(metric(seen, "delivered_pps") == Approx(metric(told, "delivered_pps")).epsilon(0.01));
  CHECK(metric(seen, "syscalls_per_packet") < 0.1 * metric(told, "syscalls_per_packet"));
}

TEST_CASE("a call that polls the driver itself: one core, no interrupt, and a call for each batch") {
  const auto quiet = received("af-xdp-busy-poll", "10000"), busy = received("af-xdp-busy-poll", "20000000");
  for (const auto& result : {quiet, busy}) {
    CHECK(metric(result, "interrupts_per_packet") == 0);
    CHECK(metric(result, "wakeups_per_packet") == 0);
    CHECK(metric(result, "cpu_copies_per_packet") == 0);
    CHECK(metric(result, "cpu_utilisation") == Approx(1));
  }
  CHECK(metric(quiet, "syscalls_per_packet") == Approx(1).epsilon(0.02));
  CHECK(metric(busy, "syscalls_per_packet") == Approx(1.0 / 64).epsilon(0.01));  // the budget
  const auto polled = received("af-xdp-zerocopy", "20000000");  // by a softirq, on the same core
  CHECK(metric(busy, "delivered_pps") > 1.5 * metric(polled, "delivered_pps"));
}

TEST_CASE("what the tap hands to a program goes its usual way as well") {
  const auto result = received("packet-mmap-v2", "100000");
  CHECK(lost(result, "no socket") == metric(result, "offered_packets"));  // nobody listens on the port
  CHECK(metric(result, "delivered_packets") == metric(result, "offered_packets"));
}

TEST_CASE("blocks: the program is woken for a full one, or when its time is over") {
  const auto quiet = on_two_cores("packet-mmap-v3", "10000");  // the timer retires every block
  CHECK(metric(quiet, "wakeups_per_packet") == Approx(1 / (10000 * 0.008)).epsilon(0.05));
  CHECK(metric(quiet, "latency_ns_max") > 7.9e6);
  CHECK(metric(quiet, "latency_ns_max") < 8.1e6);
  const double frames = 262144 / (60 + 48) + 1;  // of a block, with their headers
  const auto busy = on_two_cores("packet-mmap-v3", "1000000");
  CHECK(metric(busy, "wakeups_per_packet") == Approx(1 / frames).epsilon(0.05));
  CHECK(metric(busy, "latency_ns_max") < 3e6);
  CHECK(metric(busy, "cpu_copies_per_packet") == Approx(1).epsilon(0.06));  // the last block is open
}

TEST_CASE("blocks save the look at each frame, and cost it time") {
  const auto slots = on_two_cores("packet-mmap-v2", "1000000");
  const auto blocks = on_two_cores("packet-mmap-v3", "1000000");
  CHECK(metric(blocks, "cycles_per_packet") < metric(slots, "cycles_per_packet"));
  CHECK(metric(blocks, "latency_ns_p50") > 10 * metric(slots, "latency_ns_p50"));
}

TEST_CASE("a short block is retired sooner") {
  const auto result = on_two_cores("packet-mmap-v3", "10000", {{"retire_after", "1ms"}});
  CHECK(metric(result, "latency_ns_max") < 1.1e6);
}

TEST_CASE("whoever fills a block, the program hears of it") {
  for (const auto* cores : {"2", "4"}) {
    CAPTURE(cores);
    const auto result = received("packet-mmap-v3", "1000000", {{"cores", cores}});
    CHECK(metric(result, "latency_ns_max") < 5e6);  // the timer, which is not needed, would be 8 ms
  }
}
