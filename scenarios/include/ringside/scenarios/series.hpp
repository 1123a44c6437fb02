// The runs of one path and profile: all points of a sweep, or the only one; and how they become a report.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "ringside/scenarios/load.hpp"
#include "ringside/scenarios/report.hpp"

namespace ringside::scenarios {

struct Series {
  Scenario scenario{};  // before a value of the varied key is set
  std::vector<LoadedScenario> points{};
};

// nullopt: one of the points is wrong, and the findings say how.
std::optional<Series> load_series(std::string_view scenario, const Overrides&, const Library&, Findings&);

// Adds to what a run has found what was asked of it: its parameters, path and profile.
void label(RunResult&, const LoadedScenario& point);

// As it is before the first run.
Report report_of(const Scenario&, std::uint64_t seed);

// An expectation may compare with another path, so that all runs are there before the first is judged. The
// report has the runs in the order of the series; some may be left out.
void judge_all(const std::vector<Series>&, Report&, Findings&);

}  // namespace ringside::scenarios
