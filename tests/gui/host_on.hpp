// A host with a path of the library, as a recording has it.
#pragma once

#include <set>
#include <string>

#include "ringside/path/lanes.hpp"
#include "ringside/replay/cast.hpp"

namespace ringside {

inline replay::HostCast host_on(const path::Path& path) {
  replay::HostCast host{.name = "host", .path = path, .lanes = path::lanes(path)};
  std::set<std::string> queues;
  for (const path::Hop& hop : path.hops)
    if (const auto* queue = std::get_if<path::Queue>(&hop.hand)) queues.insert(queue->name);
  host.queues.assign(queues.begin(), queues.end());
  return host;
}

}  // namespace ringside
