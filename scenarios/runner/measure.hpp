// Figures of a measured interval: what a host counted at its end less what it had counted at its start.
#pragma once

#include "ringside/scenarios/result.hpp"
#include "world.hpp"

namespace ringside::scenarios {

struct Interval {
  Time from{};
  Time to{};
  std::vector<host::Counts> before{};  // by node; empty counts for wire ends
};

// Fills metrics, cores, stages, drops, journey and violations.
void measure(World&, const Scenario&, const Ingredients&, const Interval&, RunResult&);

}  // namespace ringside::scenarios
