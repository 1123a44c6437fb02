// How many of its cores a host makes use of.
#pragma once

#include <algorithm>

#include "ringside/path/path.hpp"
#include "ringside/scenarios/scenario.hpp"

namespace ringside::scenarios {

inline int cores_used(const HostText& host, const path::Path& path) {
  return path.cores == 0 ? host.cores : std::min(path.cores, host.cores);  // the others stay idle
}

}  // namespace ringside::scenarios
