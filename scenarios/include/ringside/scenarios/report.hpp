// All runs of one command, judged: what the result file holds and the tables show.
#pragma once

#include <cstdint>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "ringside/scenarios/finding.hpp"
#include "ringside/scenarios/result.hpp"
#include "ringside/scenarios/scenario.hpp"

namespace ringside::scenarios {

// An expectation over a sweep, judged once for a path and a profile.
struct SweepExpectation {
  std::string path{};
  std::string profile{};
  ExpectationResult result{};
};

struct Report {
  std::string version{};  // of the program
  std::string scenario{};
  std::uint64_t seed = 1;
  std::string varied{};              // the key that varies; empty: none
  std::vector<std::string> shows{};  // the columns of a sweep; empty: the usual ones
  std::vector<RunResult> runs{};
  std::vector<SweepExpectation> expectations{};
  std::set<std::string> not_compared{};  // paths with which expectations compare, and that were not run
  bool interrupted = false;              // before the last run had begun
};

// Judges the expectations of the scenario by its runs on one path and profile, in the order of the sweep:
// those for each run are added to that run, those over the sweep to the report. `runs` are some of the
// report's. Runs that are incomplete are not judged, nor is a sweep that has one, nor what compares with a
// path that was not run. Names that no run measured are reported, and what names them does not hold.
void judge(const Scenario& scenario, std::span<RunResult> runs, Report& report, Findings& findings);

// The value of the varied key of a run, where it is a number, else NaN; a quantity counts in the units of the
// result file.
double varied_value(const RunResult&, const std::string& key);

bool complete(const Report&);
bool violated(const Report&);  // a run read bytes without the right to
bool expectations_hold(const Report&);
bool ok(const Report&);  // all three are as they should be

}  // namespace ringside::scenarios
