// The lines of a tower: from which stage to which packets or news go, and where the line runs.
#pragma once

#include <cstddef>
#include <vector>

#include "view/tower.hpp"

namespace ringside::view {

struct Link {  // over which packets or news go
  std::size_t hop = 0;
  path::StageId from{};
  path::StageId to{};
};

// Over stages that are switched off, too. `shown`: by stage; empty: all of them.
std::vector<Link> links_of(const path::Path&, const std::vector<bool>& shown);

// When all stages and queues have their places. `rise`: how far a line leaves its stage upwards that would
// run behind another.
std::vector<Wire> wires_of(const Tower&, const std::vector<Link>&, double rise);

}  // namespace ringside::view
