// A report as text: the result file, and the forms that other tools read.
#pragma once

#include <string>

#include "ringside/scenarios/report.hpp"

namespace ringside::scenarios {

std::string to_json(const Report&);   // the result file; ends with a line end
std::string to_csv(const Report&);    // RFC 4180: a line for each run, a column for each parameter and metric
std::string to_junit(const Report&);  // a test suite for each run, a test case for each expectation

}  // namespace ringside::scenarios
