// Where the bytes lie: a box for each packet's buffer, in the memory that it lies in, with a key of who owns
// it. A copy moves bytes to another box; zero copy leaves the box where it is, and the key changes.
#pragma once

#include <cstdint>
#include <vector>

#include "ringside/path/describe.hpp"
#include "ringside/replay/memory.hpp"
#include "view/packet_token.hpp"
#include "view/picture.hpp"

namespace ringside::view {

struct Buffer {
  PacketLook packet{};
  Region region{};
  replay::Owner owner{};
  bool copying = false;         // a core is filling it
  std::uint64_t refers_to = 0;  // the packet whose octets these are, too; 0: they are its own
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
