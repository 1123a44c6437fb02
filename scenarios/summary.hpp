// What `ringside run` and `ringside compare` show to people.
#pragma once

#include <string>
#include <string_view>

#include "ringside/scenarios/report.hpp"
#include "ringside/units/quantity.hpp"

namespace ringside::scenarios {

// One run: metrics, cores, stages, drops, and the way of a ping with its sum. `clock` turns cycles into time.
std::string summary(const RunResult& run, Frequency clock);

// A sweep: a line for each value of the varied key.
std::string sweep_summary(const Report& report);

// Several paths or profiles side by side: a line for each metric or, where a key varies, for each of its
// values, with `metric` below each path and profile.
std::string comparison(const Report& report, std::string_view metric);

// Which expectations held, which did not and by what; violations; whether the results are partial.
std::string verdict(const Report& report, bool colour);

}  // namespace ringside::scenarios
