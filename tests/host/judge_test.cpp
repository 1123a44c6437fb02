// A program judges frames before anything is built for them: what it costs, what it counts, where frames go.
#include "library.hpp"

using namespace ringside;
using namespace std::chrono_literals;

namespace {

scenarios::RunResult judged(const std::string& path, const std::string& program, const std::string& offered) {
  return run_library(
      "receive-livelock",
      {.path = path,
       .profile = "xeon-2018",
       .set = {{"program", program}, {"rate", "100Gbps"}, {"arrivals", "even"}, {"offered_pps", offered}},
       .warmup = 1ms,
       .duration = Duration{10ms}});
}

double packets(const scenarios::RunResult& result, const std::string& stage) {
  for (const auto& figure : result.stages)
    if (figure.stage == stage) return static_cast<double>(figure.packets);
  FAIL("no stage '" << stage << "'");
  return 0;
}

}  // namespace

TEST_CASE("what the driver's program drops costs no copy and no system call, and never becomes an sk_buff") {
  const auto result = judged("xdp", "drop", "1000000");
  CHECK(metric(result, "judged_drops_pps") == Approx(1'000'000).epsilon(0.001));
  CHECK(metric(result, "delivered_pps") == 0);
  CHECK(metric(result, "verdict_judged") == Approx(10'000).epsilon(0.001));  // in 10 ms
  CHECK(metric(result, "dropped_pps") == 0);
  CHECK(metric(result, "cpu_copies_per_packet") == 0);
  CHECK(metric(result, "syscalls_per_packet") == 0);
  CHECK(packets(result, "build skb") == 0);
  const auto generic = judged("xdp-generic", "drop", "1000000");
  CHECK(metric(generic, "judged_drops_pps") == Approx(1'000'000).epsilon(0.001));
  CHECK(packets(generic, "napi poll") == packets(generic, "xdp program"));  // each had its sk_buff
}

TEST_CASE("frames sent back or redirected leave without an sk_buff, and give their slots back") {
  for (const std::string program : {"tx", "redirect"}) {
    CAPTURE(program);
    const auto result = judged("xdp", program, "1000000");
    CHECK(metric(result, "delivered_pps") == Approx(1'000'000).epsilon(0.001));
    CHECK(metric(result, "verdict_judged") == Approx(10'000).epsilon(0.001));
    CHECK(metric(result, "dropped_pps") == 0);  // 10 000 frames through a ring of 256
    CHECK(metric(result, "cpu_copies_per_packet") == 0);
    CHECK(packets(result, "build skb") == 0);
  }
}

TEST_CASE("what passes is a packet like any other") {
  const auto result = judged("xdp", "pass", "100000"), plain = judged("xdp-generic", "pass", "100000");
  CHECK(metric(result, "delivered_pps") == metric(plain, "delivered_pps"));
  CHECK(packets(result, "build skb") == packets(result, "xdp program"));
}

TEST_CASE("a program that forwards leaves to the kernel what is for this host") {
  const auto own = run_library("ping", {.path = "xdp", .set = {{"program", "route"}}});
  CHECK(metric(own, "round_trips") == 1);
  const auto others = judged("xdp", "route", "1000000");
  CHECK(metric(others, "delivered_pps") == Approx(1'000'000).epsilon(0.001));
  CHECK(packets(others, "build skb") == 0);
}

TEST_CASE("the later the verdict, the dearer") {
  const auto rate = [](const char* path) {
    return metric(judged(path, "drop", "40000000"), "judged_drops_pps");
  };
  CHECK(rate("xdp") > 3 * rate("xdp-generic"));
}
