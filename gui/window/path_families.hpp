// The paths of the library by what they are built on: a path that says `based on` belongs with that one.
#pragma once

#include <string>
#include <vector>

#include "ringside/path/path.hpp"
#include "ringside/scenarios/library.hpp"

namespace ringside::window {

struct PathEntry {
  std::string name{};
  path::Text title{};
  std::string based_on{};  // empty: on none
};

struct PathFamily {
  std::vector<PathEntry> members{};  // the first is what the others are built on
};

// In the order of the names of their first ones. A family that would be long is several.
std::vector<PathFamily> families_of(std::vector<PathEntry>);

std::vector<PathEntry> paths_of(const scenarios::Library&);

}  // namespace ringside::window
