// Judging the runs of a sweep.
#include "ringside/scenarios/report.hpp"

#include <algorithm>
#include <limits>

#include "ringside/scenarios/expect.hpp"

namespace ringside::scenarios {
namespace {

// The value of the varied key, wherever it is a number; a quantity counts in the units of the result file.
double x_of(const RunResult& run, const std::string& key) {
  const Value* value = find(run.parameters, key);
  if (!value) return std::numeric_limits<double>::quiet_NaN();
  const Figures only = figures(RunResult{.parameters = {{key, *value}}});
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

// Judges expectations, and keeps what is wrong with them: a name that no run measured does not hold.
class Judge {
 public:
  Judge(const Scenario& scenario, Report& report, Findings& findings)
      : scenario_{scenario}, report_{report}, findings_{findings} {}

  void judge(const Expectation& expectation, std::span<RunResult> runs) {
    const ParsedExpectation parsed{expectation.text, expectation.published};
    if (!parsed.over_sweep()) {
      for (RunResult& run : runs)
        if (run.complete)
          run.expectations.push_back(
              result_of(expectation, parsed, {.runs = {figures(run)}}, !run.refused.empty()));
      return;
    }
    const bool whole =
        std::all_of(runs.begin(), runs.end(), [](const RunResult& run) { return run.complete; });
    if (!scenario_.vary || !whole || report_.interrupted) return;
    report_.expectations.push_back(
        {.path = runs.front().path,
         .profile = runs.front().profile,
         .result = result_of(
             expectation, parsed, sweep_of(runs, scenario_.vary->key),
             std::ranges::any_of(runs, [](const RunResult& run) { return !run.refused.empty(); }))});
  }

 private:
  ExpectationResult result_of(const Expectation& expectation, const ParsedExpectation& parsed,
                              const Sweep& sweep, bool refused) {
    try {
      return parsed.judge(sweep);
    } catch (const ExpectError& error) {
      Origin origin = expectation.origin;
      origin.column += static_cast<int>(error.offset);
      if (!refused) findings_.add(scenario_.file, origin, error.what());
      return {.text = expectation.text,
              .actual = std::numeric_limits<double>::quiet_NaN(),
              .note = refused ? "not measured: the host refused" : error.what()};
    }
  }

  const Scenario& scenario_;
  Report& report_;
  Findings& findings_;
};

bool passed(const ExpectationResult& result) { return !result.failed(); }

}  // namespace

void judge(const Scenario& scenario, std::span<RunResult> runs, Report& report, Findings& findings) {
  if (runs.empty()) return;
  Judge judge{scenario, report, findings};
  for (const Expectation& expectation : scenario.expectations)
    if (expectation.only_path.empty() || expectation.only_path == runs.front().path)
      judge.judge(expectation, runs);
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
                       return std::all_of(run.expectations.begin(), run.expectations.end(), passed);
                     }) &&
         std::all_of(report.expectations.begin(), report.expectations.end(),
                     [](const SweepExpectation& expectation) { return passed(expectation.result); });
}

bool ok(const Report& report) { return complete(report) && !violated(report) && expectations_hold(report); }

}  // namespace ringside::scenarios
