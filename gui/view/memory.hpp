// Where the bytes lie: a box for each packet's buffer, in the memory that it lies in, with a key of who owns
// it. A copy moves bytes to another box; zero copy leaves the box where it is, and the key changes.
#pragma once

#include <cstdint>
#include <vector>

#include "ringside/path/describe.hpp"
#include "ringside/replay/memory.hpp"
#include "view/picture.hpp"

namespace ringside::view {

struct Buffer {
  std::uint64_t packet = 0;
  Region region{};
  replay::Owner owner{};
  bool copying = false;  // a core is filling it
};

struct MemoryScene {
  std::vector<Region> regions{};  // that the path uses, each a shelf
  std::vector<Buffer> buffers{};
  std::uint64_t selected = 0;
  path::Language language = path::Language::en;
  double font = 12;
};

Picture memory(const MemoryScene&, QSizeF);

}  // namespace ringside::view
