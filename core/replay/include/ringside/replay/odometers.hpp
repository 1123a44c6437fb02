// What a host has done so far, counted: the odometers that follow the cursor, backwards too.
#pragma once

#include <cstdint>

#include "ringside/replay/cast.hpp"
#include "ringside/trace/state.hpp"

namespace ringside::replay {

struct Odometers {
  std::uint64_t copies = 0;  // by cores: packets that came to a stage that copies
  std::uint64_t dmas = 0;    // by cards and disks
  std::uint64_t maps = 0;
  std::uint64_t references = 0;
  std::uint64_t delivered = 0;  // packets whose way has ended here
  std::uint64_t dropped = 0;    // frames, whatever the reason
  std::uint64_t system_calls = 0;
  std::uint64_t interrupts = 0;
  std::uint64_t context_switches = 0;
  std::uint64_t wakeups = 0;
  std::uint64_t busy = 0;  // picoseconds of all cores
  bool operator==(const Odometers&) const = default;

  // A count for each packet that was delivered; 0 before the first.
  double per_packet(std::uint64_t Odometers::*count) const {
    return delivered == 0 ? 0 : static_cast<double>(this->*count) / static_cast<double>(delivered);
  }
};

Odometers odometers(const HostCast&, const trace::HostState&);

}  // namespace ringside::replay
