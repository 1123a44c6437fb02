// The `workloads:` of a scenario.
#pragma once

#include "fields.hpp"
#include "ringside/scenarios/scenario.hpp"

namespace ringside::scenarios {

// Who sends what to whom. Reports two hosts that no way leads between: a way passes other hosts only where
// they forward.
void read_workloads(const TextNode& list, const Source& source, Scenario& scenario);

}  // namespace ringside::scenarios
