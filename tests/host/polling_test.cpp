// A program that owns the card and polls it: no interrupt, no system call, no copy, and no rest.
#include "library.hpp"

using namespace ringside;
using namespace std::chrono_literals;

namespace {

scenarios::RunResult polled(const std::string& program, const std::string& offered,
                            const std::string& cores = "1") {
  return run_library("receive-livelock", {.path = "dpdk",
                                          .profile = "xeon-2018",
                                          .set = {{"program", program},
                                                  {"rate", "100Gbps"},
                                                  {"arrivals", "even"},
                                                  {"flows", "1024"},
                                                  {"cores", cores},
                                                  {"offered_pps", offered}},
                                          .warmup = 1ms,
                                          .duration = Duration{10ms}});
}

}  // namespace

TEST_CASE("a frame goes from the card to the program without a copy, a system call or an interrupt") {
  for (const std::string offered : {"1000", "1000000", "30000000"}) {
    CAPTURE(offered);
    const auto result = polled("pass", offered);
    CHECK(metric(result, "delivered_packets") > 0);
    CHECK(metric(result, "cpu_copies_per_packet") == 0);
    CHECK(metric(result, "dma_transfers_per_packet") == Approx(1).epsilon(0.001));
    CHECK(metric(result, "syscalls_per_packet") == 0);
    CHECK(metric(result, "interrupts_per_packet") == 0);
    CHECK(metric(result, "wakeups_per_packet") == 0);
  }
}

TEST_CASE("the core that polls is busy whether there are packets or not, and all of it in user mode") {
  const auto idle = polled("pass", "1000"), loaded = polled("pass", "5000000");
  for (const auto* result : {&idle, &loaded}) {
    CHECK(metric(*result, "cpu_utilisation") == Approx(1));
    CHECK(result->cores.front().user == Approx(1).epsilon(0.001));
  }
}

TEST_CASE("who polls sees a frame before anybody could be woken for it") {
  const auto polling = polled("pass", "100000");
  const auto waking = run_library(
      "receive-livelock",
      {.path = "napi-socket",
       .profile = "xeon-2018",
       .set = {{"to", "router"}, {"rate", "100Gbps"}, {"arrivals", "even"}, {"offered_pps", "100000"}},
       .warmup = 1ms,
       .duration = Duration{10ms}});
  CHECK(metric(polling, "latency_ns_mean") < 1000);
  CHECK(metric(waking, "latency_ns_mean") > 4 * metric(polling, "latency_ns_mean"));
}

TEST_CASE("frames sent back or on give their descriptors back, on every core and card") {
  for (const std::string program : {"tx", "redirect"}) {
    CAPTURE(program);
    const auto result = polled(program, "10000000", "4");
    CHECK(metric(result, "delivered_pps") == Approx(10'000'000).epsilon(0.001));  // rings of 512
    CHECK(metric(result, "dropped_pps") == 0);
    CHECK(metric(result, "cpu_copies_per_packet") == 0);
  }
}

TEST_CASE("each core more takes as many frames more, up to what PCIe carries") {
  const auto dropped = [](const char* cores) {
    return metric(polled("drop", "140000000", cores), "judged_drops_pps");
  };
  const double one = dropped("1");
  CHECK(dropped("2") == Approx(2 * one).epsilon(0.01));
  CHECK(dropped("6") == Approx(dropped("3")).epsilon(0.01));
}
