// What the queue sorts: small enough to be copied from slot to slot without touching the timer it points at.
#pragma once

#include <cstdint>

#include "ringside/sim/timer.hpp"
#include "ringside/units/quantity.hpp"
#include "ringside/units/time.hpp"

namespace ringside::sim {

// Picoseconds since start_of_time. Unsigned, because a slot may end one tick after end_of_time.
using Ticks = std::uint64_t;

constexpr Ticks to_ticks(Time t) { return static_cast<Ticks>(t.time_since_epoch().count()); }
constexpr Time to_time(Ticks t) { return Time{Duration{static_cast<std::int64_t>(t)}}; }

struct Event {
  Ticks at;
  std::uint64_t sequence;
  Timer* timer;
};

// The total order of a run: (time, sequence), compared as one wide number. A sequence number is used once, so
// no two events are equal. An object and not a function: algorithms then compare inline and without branches.
inline constexpr auto before = [](const Event& a, const Event& b) {
  constexpr auto key = [](const Event& event) { return WideInt{event.at} << 64 | event.sequence; };
  return key(a) < key(b);
};

}  // namespace ringside::sim
