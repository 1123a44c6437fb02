// How long packets take and what the line leaves them, as recordings say.
#include "ringside/replay/traffic.hpp"

#include "catch.hpp"
#include "recorded.hpp"
#include "ringside/replay/budget.hpp"

using namespace ringside;
using namespace ringside::replay;

TEST_CASE("latencies of a recording are those that the run has measured") {
  for (const char* path : {"napi-socket", "dpdk", "af-xdp-zerocopy"}) {
    const Recorded run{"roads",
                       {.path = path,
                        .set = {{"offered_pps", "100k"}},
                        .warmup = Duration{0},
                        .duration = Duration{5'000'000'000}}};
    const Cast cast = cast_of(run.recording->meta());
    const auto traffic = Traffic::of(*run.recording, cast);
    REQUIRE(traffic);
    CAPTURE(path);
    CHECK(traffic->latency.count() > 100);
    CHECK(to_nanoseconds(traffic->latency.quantile(0.5)) ==
          Approx(metric(run.result, "latency_ns_p50")).epsilon(0.01));
    CHECK(to_nanoseconds(traffic->latency.quantile(0.99)) ==
          Approx(metric(run.result, "latency_ns_p99")).epsilon(0.01));
    CHECK(traffic->commonest_arriving == 60);
    CHECK(std::ranges::is_sorted(traffic->curve, {}, &Traffic::Point::took));
    CHECK(traffic->curve.back().took == traffic->latency.max());
  }
}

TEST_CASE("a line of 10 Gbit/s leaves 67.2 ns for the shortest frame") {
  const Recorded run{"roads",
                     {.path = "napi-socket",
                      .set = {{"offered_pps", "100k"}},
                      .warmup = Duration{0},
                      .duration = Duration{5'000'000'000}}};
  const Cast cast = cast_of(run.recording->meta());
  const auto traffic = Traffic::of(*run.recording, cast);
  const auto end = run.recording->after(run.recording->events());
  auto fast = cast;
  for (LinkCast& link : fast.links) link.bits_per_second = 10'000'000'000;
  const auto budget = budget_of(fast, end, run.recording->first(), *traffic);
  REQUIRE(budget);
  CHECK(budget->frame == 64);
  CHECK(budget->each == Duration{67'200});
  CHECK(budget->packets == end.hosts[cast.study].delivered);
  CHECK(budget->cost * static_cast<std::int64_t>(budget->packets) <= budget->busy);
  for (LinkCast& link : fast.links) link.bits_per_second = 0;
  CHECK_FALSE(budget_of(fast, end, run.recording->first(), *traffic));
}

TEST_CASE("both ends of a stream have the budget of its large frames") {
  const Recorded run{"tcp-file", {.set = {{"rate", "100Mbps"}, {"delay", "1ms"}}, .warmup = Duration{0}}};
  auto cast = cast_of(run.recording->meta());
  const auto end = run.recording->after(run.recording->events());
  for (cast.study = 0; cast.study < cast.hosts.size(); ++cast.study) {
    CAPTURE(cast.hosts[cast.study].name);
    const auto traffic = Traffic::of(*run.recording, cast);
    const auto budget = budget_of(cast, end, run.recording->first(), *traffic);
    REQUIRE(budget);
    CHECK(budget->frame == 1518);
    CHECK(budget->packets > 3);
  }
}

TEST_CASE("a survey that is no longer wanted ends") {
  const Recorded run{"roads", {}};
  CHECK_FALSE(Traffic::of(*run.recording, cast_of(run.recording->meta()), [](double) { return false; }));
}
