// Judging the runs of a sweep.
#include "ringside/scenarios/report.hpp"

#include <algorithm>
#include <limits>

#include "ringside/scenarios/expect.hpp"

namespace ringside::scenarios {
namespace {

// The value of the varied key, wherever it is a number; a quantity counts in the units of the result file.
double x_of(const RunResult& run, const std::string& key) {
  const auto named = [&](const auto& parameter) { return parameter.first == key; };
  const auto parameter = std::find_if(run.parameters.begin(), run.parameters.end(), named);
  if (parameter == run.parameters.end()) return std::numeric_limits<double>::quiet_NaN();
  const Figures only = figures(RunResult{.parameters = {*parameter}});
  return only.empty() ? std::numeric_limits<double>::quiet_NaN() : only.begin()->second;
}

Sweep sweep_of(std::span<const RunResult> runs, const std::string& key) {
  Sweep sweep;
  for (const RunResult& run : runs) {
    sweep.x.push_back(x_of(run, key));
    sweep.runs.push_back(figures(run));
  }
  return sweep;
}

void judge_one(const Expectation& expectation, const Scenario& scenario, std::span<RunResult> runs,
               Report& report) {
  const ParsedExpectation parsed{expectation.text};
  if (!parsed.over_sweep()) {
    for (RunResult& run : runs)
      if (run.complete) run.expectations.push_back(parsed.judge(figures(run)));
    return;
  }
  const bool whole = std::all_of(runs.begin(), runs.end(), [](const RunResult& run) { return run.complete; });
  if (!scenario.vary || !whole || report.interrupted) return;
  report.expectations.push_back({.path = runs.front().path,
                                 .profile = runs.front().profile,
                                 .result = parsed.judge(sweep_of(runs, scenario.vary->key))});
}

bool holds(const ExpectationResult& result) { return result.holds; }

}  // namespace

void judge(const Scenario& scenario, std::span<RunResult> runs, Report& report, Findings& findings) {
  if (runs.empty()) return;
  for (const Expectation& expectation : scenario.expectations) {
    if (!expectation.only_path.empty() && expectation.only_path != runs.front().path) continue;
    try {
      judge_one(expectation, scenario, runs, report);
    } catch (const ExpectError& error) {
      Origin origin = expectation.origin;
      origin.column += static_cast<int>(error.offset);
      findings.add(scenario.file, origin, error.what());
    }
  }
}

bool complete(const Report& report) {
  const auto whole = [](const RunResult& run) { return run.complete; };
  return !report.interrupted && std::all_of(report.runs.begin(), report.runs.end(), whole);
}

bool violated(const Report& report) {
  return std::any_of(report.runs.begin(), report.runs.end(),
                     [](const RunResult& run) { return !run.violations.empty(); });
}

bool expectations_hold(const Report& report) {
  return std::all_of(report.runs.begin(), report.runs.end(),
                     [](const RunResult& run) {
                       return std::all_of(run.expectations.begin(), run.expectations.end(), holds);
                     }) &&
         std::all_of(report.expectations.begin(), report.expectations.end(),
                     [](const SweepExpectation& expectation) { return holds(expectation.result); });
}

bool ok(const Report& report) { return complete(report) && !violated(report) && expectations_hold(report); }

}  // namespace ringside::scenarios
