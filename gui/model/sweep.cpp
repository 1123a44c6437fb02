#include "model/sweep.hpp"

#include <algorithm>
#include <exception>
#include <mutex>
#include <thread>

#include "ringside/scenarios/run.hpp"

namespace ringside::model {

namespace {

scenarios::RunResult result_of(const SweepPlan& plan, std::size_t run, const std::atomic<bool>& stop,
                               const std::atomic<bool>& failed) {
  const SweepPlan::Place place = plan.place(run);
  const scenarios::LoadedScenario& point = plan.series[place.path].points[place.value];
  const scenarios::RunOptions options{.seed = plan.order.seeds[place.seed],
                                      .progress = [&](double) { return !stop && !failed; }};
  scenarios::RunResult result = scenarios::run(point.scenario, point.ingredients, options);
  scenarios::label(result, point);
  return result;
}

}  // namespace

std::optional<SweepPlan> plan_sweep(SweepOrder order, const scenarios::Library& library,
                                    scenarios::Findings& findings) {
  SweepPlan plan{.order = std::move(order)};
  for (const scenarios::Overrides& path : plan.order.paths)
    if (auto series = scenarios::load_series(plan.order.scenario, path, library, findings))
      plan.series.push_back(*std::move(series));
  if (plan.series.empty() || plan.series.size() != plan.order.paths.size()) return std::nullopt;
  return plan;
}

void carry_out(const SweepPlan& plan, const std::atomic<bool>& stop,
               const std::function<void(std::size_t, scenarios::RunResult)>& arrived) {
  std::atomic<std::size_t> next{0};
  std::atomic<bool> failed{false};
  std::mutex mutex;
  std::exception_ptr first;
  const auto work = [&] {
    try {
      for (std::size_t run = next++; run < plan.runs() && !stop && !failed; run = next++) {
        scenarios::RunResult result = result_of(plan, run, stop, failed);
        const std::lock_guard lock{mutex};
        if (!stop && !failed) arrived(run, std::move(result));
      }
    } catch (...) {
      const std::lock_guard lock{mutex};
      if (!failed.exchange(true)) first = std::current_exception();
    }
  };
  const std::size_t cores = std::max(2U, std::thread::hardware_concurrency()) - 1;
  std::vector<std::thread> threads;
  for (std::size_t i = 1; i < std::min(cores, plan.runs()); ++i) threads.emplace_back(work);
  work();
  for (std::thread& thread : threads) thread.join();
  if (first) std::rethrow_exception(first);
}

Sweep::Sweep(std::shared_ptr<const SweepPlan> plan)
    : plan_{std::move(plan)},
      results_(plan_->runs()),
      figures_{scenarios::report_of(plan_->scenario(), plan_->order.seeds.front())} {
  for (const std::uint64_t seed : plan_->order.seeds)
    reports_.push_back(scenarios::report_of(plan_->scenario(), seed));
}

void Sweep::put(std::size_t run, scenarios::RunResult result) {
  if (!results_[run]) ++done_;
  figures_.runs.push_back({.metrics = result.metrics, .refused = result.refused});
  results_[run] = std::move(result);
  const SweepPlan::Place place = plan_->place(run);
  if (has_all(place.seed, place.path)) judge(place.seed);
}

const scenarios::RunResult* Sweep::result(const SweepPlan::Place& place) const {
  const auto& its = results_[plan_->run(place)];
  return its ? &*its : nullptr;
}

bool Sweep::has_all(std::size_t seed, std::size_t path) const {
  for (std::size_t value = 0; value < plan_->values(); ++value)
    if (!result({seed, path, value})) return false;
  return true;
}

// From the beginning, since an expectation may compare with a path that has come in meanwhile.
void Sweep::judge(std::size_t seed) {
  scenarios::Report report = scenarios::report_of(plan_->scenario(), plan_->order.seeds[seed]);
  std::vector<std::size_t> numbers;
  for (std::size_t path = 0; path < plan_->series.size(); ++path)
    for (std::size_t value = 0; value < plan_->values() && has_all(seed, path); ++value) {
      numbers.push_back(plan_->run({seed, path, value}));
      report.runs.push_back(*results_[numbers.back()]);
      report.runs.back().expectations.clear();
    }
  scenarios::Findings said_with_the_expectations;
  scenarios::judge_all(plan_->series, report, said_with_the_expectations);
  for (std::size_t i = 0; i < numbers.size(); ++i) results_[numbers[i]] = report.runs[i];
  reports_[seed] = std::move(report);
}

}  // namespace ringside::model
