// A sweep of the window brings, point by point, what the command line's brings, however many threads it has.
#include <algorithm>

#include "catch.hpp"
#include "model/confidence.hpp"
#include "model/sweep.hpp"
#include "ringside/scenarios/library.hpp"
#include "ringside/scenarios/run.hpp"

using namespace ringside;
using namespace ringside::model;

namespace {

const scenarios::Library& library() {
  static const auto its = scenarios::locate_library();
  REQUIRE(its);
  return *its;
}

SweepPlan plan_of(std::vector<std::uint64_t> seeds, std::vector<std::string> paths) {
  SweepOrder order{.scenario = "roads", .seeds = std::move(seeds)};
  for (std::string& path : paths)
    order.paths.push_back({.path = std::move(path),
                           .duration = Duration{1'000'000'000},
                           .vary = scenarios::Vary{"offered_pps", {"100k", "1M", "5M"}}});
  scenarios::Findings findings;
  auto plan = plan_sweep(std::move(order), library(), findings);
  REQUIRE(plan);
  return *std::move(plan);
}

// What a run takes of this machine's time differs; nothing else does.
scenarios::Values simulated(scenarios::Values metrics) {
  std::erase_if(metrics, [](const auto& metric) {
    return metric.first.find("wall") != std::string::npos || metric.first == "peak_rss_bytes";
  });
  return metrics;
}

}  // namespace

TEST_CASE("a sweep has the figures of its runs one by one, in their places") {
  auto plan = std::make_shared<const SweepPlan>(plan_of({1, 2}, {"napi-socket", "dpdk"}));
  REQUIRE(plan->runs() == 12);
  Sweep sweep{plan};
  std::size_t arrived = 0;
  carry_out(*plan, false, [&](std::size_t run, scenarios::RunResult result) {
    CHECK(plan->run(plan->place(run)) == run);
    sweep.put(run, std::move(result));
    CHECK(sweep.done() == ++arrived);
  });
  CHECK(sweep.whole());
  for (const SweepPlan::Place place :
       {SweepPlan::Place{0, 0, 2}, SweepPlan::Place{1, 0, 1}, SweepPlan::Place{1, 1, 2}}) {
    const auto& point = plan->series[place.path].points[place.value];
    const auto alone = scenarios::run(point.scenario, point.ingredients, {.seed = place.seed + 1});
    CHECK(simulated(sweep.result(place)->metrics) == simulated(alone.metrics));
  }
  CHECK(sweep.result({0, 0, 2})->parameters != sweep.result({0, 0, 1})->parameters);
  CHECK(sweep.result({0, 0, 2})->metrics != sweep.result({1, 0, 2})->metrics);  // another seed
  CHECK(sweep.main_metric() == "delivered_pps");
}

TEST_CASE("a path is judged when all of its runs are there") {
  SweepOrder order{.scenario = "roads", .paths = {{.path = "dpdk", .duration = Duration{200'000'000}}}};
  scenarios::Findings findings;
  auto plan = plan_sweep(std::move(order), library(), findings);
  REQUIRE(plan);
  Sweep sweep{std::make_shared<const SweepPlan>(*std::move(plan))};
  std::vector<std::pair<std::size_t, scenarios::RunResult>> results;
  carry_out(sweep.plan(), false, [&](std::size_t run, scenarios::RunResult result) {
    results.emplace_back(run, std::move(result));
  });
  for (auto& [run, result] : results) {
    CHECK(sweep.reports().front().expectations.empty());
    sweep.put(run, std::move(result));
  }
  CHECK(sweep.reports().front().expectations.size() == 3);  // those for dpdk
}

TEST_CASE("a sweep that is stopped brings no half of a run") {
  const SweepPlan plan = plan_of({1}, {"napi-socket"});
  std::atomic<bool> stop{false};
  std::size_t arrived = 0;
  carry_out(plan, stop, [&](std::size_t, const scenarios::RunResult& result) {
    CHECK(result.complete);
    ++arrived;
    stop = true;
  });
  CHECK(arrived == 1);
}

TEST_CASE("what is wrong with a point is found before anything runs") {
  SweepOrder order{.scenario = "roads", .paths = {{}}};
  order.paths.front().vary = scenarios::Vary{"packet_bytes", {"60", "many"}};
  scenarios::Findings findings;
  CHECK_FALSE(plan_sweep(order, library(), findings));
  CHECK_FALSE(findings.empty());
}

TEST_CASE("the mean of three is known less well than that of thirty") {
  const std::vector<double> three{1, 2, 3};
  const Confidence few = confidence_of(three);
  CHECK(few.mean == 2);
  CHECK(few.high - few.mean == Approx(4.303 / std::sqrt(3.0)));
  CHECK(few.mean - few.low == Approx(few.high - few.mean));
  std::vector<double> thirty;
  for (int i = 0; i < 10; ++i) thirty.insert(thirty.end(), three.begin(), three.end());
  const Confidence many = confidence_of(thirty);
  CHECK(many.mean == Approx(2));
  CHECK(many.high - many.low < (few.high - few.low) / 4);
  const Confidence one = confidence_of(std::span{three}.first(1));
  CHECK((one.low == 1 && one.mean == 1 && one.high == 1));
}
