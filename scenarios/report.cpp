// Judging the runs of a sweep.
#include "ringside/scenarios/report.hpp"

#include <algorithm>
#include <limits>

#include "ringside/scenarios/expect.hpp"

namespace ringside::scenarios {
namespace {

// With the figures of the run on the other path, at the same point of the sweep.
Figures both(const RunResult& run, const RunResult& other) {
  Figures all = figures(run);
  for (const auto& [name, value] : figures(other)) all.emplace(std::string{of_the_other} + name, value);
  return all;
}

// Judges expectations, and keeps what is wrong with them: a name that no run measured does not hold.
class Judge {
 public:
  Judge(const Scenario& scenario, Report& report, Findings& findings)
      : scenario_{scenario}, report_{report}, findings_{findings} {}

  // `others`: of the other path, if there is one, in the same order.
  void judge(const Expectation& expectation, std::span<RunResult> runs,
             const std::vector<const RunResult*>& others) {
    const auto usable = [&](std::size_t i) {
      return runs[i].complete && (others.empty() || others[i]->complete);
    };
    const auto refused = [&](std::size_t i) {
      return !runs[i].refused.empty() || (!others.empty() && !others[i]->refused.empty());
    };
    const ParsedExpectation parsed{expectation.text, expectation.published};
    Sweep sweep;
    bool whole = true, any_refused = false;
    for (std::size_t i = 0; i < runs.size(); ++i) {
      Figures seen = others.empty() ? figures(runs[i]) : both(runs[i], *others[i]);
      if (!parsed.over_sweep()) {
        if (usable(i))
          runs[i].expectations.push_back(
              result_of(expectation, parsed, {.runs = {std::move(seen)}}, refused(i)));
        continue;
      }
      sweep.runs.push_back(std::move(seen));
      if (scenario_.vary) sweep.x.push_back(varied_value(runs[i], scenario_.vary->key));
      whole &= usable(i);
      any_refused |= refused(i);
    }
    if (!parsed.over_sweep() || !scenario_.vary || !whole || report_.interrupted) return;
    report_.expectations.push_back({.path = runs.front().path,
                                    .profile = runs.front().profile,
                                    .result = result_of(expectation, parsed, sweep, any_refused)});
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

std::vector<const RunResult*> runs_on(const std::string& path, const std::string& profile,
                                      const Report& report) {
  std::vector<const RunResult*> found;
  for (const RunResult& run : report.runs)
    if (run.path == path && run.profile == profile) found.push_back(&run);
  return found;
}

bool passed(const ExpectationResult& result) { return !result.failed(); }

}  // namespace

void judge(const Scenario& scenario, std::span<RunResult> runs, Report& report, Findings& findings) {
  if (runs.empty()) return;
  const RunResult& first = runs.front();
  Judge judge{scenario, report, findings};
  for (const Expectation& expectation : scenario.expectations) {
    if (!expectation.only_path.empty() && expectation.only_path != first.path) continue;
    if (!expectation.only_profile.empty() && expectation.only_profile != first.profile) continue;
    std::vector<const RunResult*> others;
    if (!expectation.against.empty()) {
      others = runs_on(expectation.against, first.profile, report);
      if (expectation.against == first.path) continue;
      if (others.size() != runs.size()) {
        report.not_compared.insert(expectation.against);
        continue;
      }
    }
    judge.judge(expectation, runs, others);
  }
}

double varied_value(const RunResult& run, const std::string& key) {
  const Value* value = find(run.parameters, key);
  if (!value) return std::numeric_limits<double>::quiet_NaN();
  const Figures only = figures(RunResult{.parameters = {{key, *value}}});
  return only.empty() ? std::numeric_limits<double>::quiet_NaN() : only.begin()->second;
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
