// What the user of a host may not do.
#pragma once

#include <vector>

#include "ringside/scenarios/load.hpp"
#include "ringside/scenarios/result.hpp"

namespace ringside::scenarios {

// For each host that lacks something its path needs: the first of these, in the order in which the kernel is
// asked, and the error that it gives.
std::vector<Refusal> refusals(const Scenario&, const Ingredients&);

}  // namespace ringside::scenarios
