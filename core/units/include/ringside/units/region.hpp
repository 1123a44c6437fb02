// Where bytes lie: the memory domains between which they can only move by dma, copy, map or reference.
#pragma once

#include <cstdint>

namespace ringside {

enum class Region : std::uint8_t {
  device,      // the card's own memory
  kernel,      // kernel buffers, DMA-mapped or not
  page_cache,  // pages of a file
  shared,      // rings and buffers mapped into the program
  user,        // the program's own memory
};

// A program may read its own memory and what is mapped into it; reading anything else is a fault.
constexpr bool readable_by_program(Region r) { return r == Region::user || r == Region::shared; }

}  // namespace ringside
