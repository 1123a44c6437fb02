// What a host has done so far, counted: the odometers that follow the cursor, backwards too.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "ringside/replay/cast.hpp"
#include "ringside/replay/moments.hpp"
#include "ringside/trace/state.hpp"

namespace ringside::replay {

struct Odometers {
  std::uint64_t copies = 0;  // by cores: packets that came to a stage that copies
  std::uint64_t dmas = 0;    // by cards and disks
  std::uint64_t maps = 0;
  std::uint64_t references = 0;
  std::uint64_t delivered = 0;  // packets whose way has ended here
  std::uint64_t frames = 0;     // that came by the line or left by it, whichever are more
  std::uint64_t dropped = 0;    // frames, whatever the reason
  std::uint64_t system_calls = 0;
  std::uint64_t interrupts = 0;
  std::uint64_t context_switches = 0;
  std::uint64_t wakeups = 0;
  std::uint64_t busy = 0;  // picoseconds of all cores
  bool operator==(const Odometers&) const = default;

  // How many of one for each of the other (`delivered`, `frames`); 0 before the first.
  double each(std::uint64_t Odometers::*of, std::uint64_t Odometers::*count) const {
    return this->*of == 0 ? 0 : static_cast<double>(this->*count) / static_cast<double>(this->*of);
  }
};

Odometers odometers(const HostCast&, const trace::HostState&);

// One of the counts, by the key of result files under which the catalogue has its name. Told for each frame
// it has a name of its own: a router and a stream deliver no packets.
struct Counter {
  const char* key;
  const char* by_frame;  // the id of that name; nullptr: it is not told for each of anything
  std::uint64_t Odometers::*count;
  trace::Kind kind;                          // of the events that are counted;
  path::Memory memory = path::Memory::none;  // those of stages alone that do this, if it is not none
};
std::span<const Counter> counters();
const Counter* counter_of(std::string_view key);  // nullptr: there is none

// The events that it counts; a drop may count several frames.
Happening counted_by(const Counter&, const HostCast&, std::uint16_t host);

}  // namespace ringside::replay
