// Which metrics the tables and the curves of a sweep show.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ringside/scenarios/report.hpp"

namespace ringside::scenarios {

// Those that the scenario asks for, or the usual ones, where a run has measured them.
std::vector<std::string> sweep_columns(const Report&);

// The one that says most about a scenario's first workload.
std::string_view main_metric(const Scenario&, const Report&);

}  // namespace ringside::scenarios
