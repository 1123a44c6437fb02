// What a recording consists of: plain events, in the order of their times.
#pragma once

#include <cstdint>

#include "ringside/units/time.hpp"

namespace ringside::trace {

// Where a packet came to, or what became of it; or what a core did.
enum class Kind : std::uint8_t {
  stage,  // it came to the stage `index`; packet 0: a handler or a timer came there by itself
  queue,  // it waits in the queue `index`
  link,   // it left by the port `index`
  end,    // the program has it: its way is over
  drop,  // it was thrown away, `other` frames of it, for the reason `level`: `full_queue` or a host's own one
  gone,  // it has been used up, by the protocols or as a part of another packet; or its wire ends here
  birth,      // it was made while `other` was processed
  busy,       // the core `index` has worked for `other` picoseconds until now, `packet` of them in user mode
  syscall,    // a program on the core `index` entered the kernel
  interrupt,  // the core `index` was told to run a handler
  context_switch,  // the core `index` went on with another thread
  wakeup,          // a thread of the core `index` that slept was woken
  mask             // the interrupt of notification `index` was masked (`other` = 1) or unmasked (0)
};
inline constexpr std::uint8_t kinds = 13;

inline constexpr std::uint8_t full_queue = 0;      // why a packet was dropped: its queue had no room
inline constexpr std::uint16_t no_queue = 0xffff;  // `index` of a drop for which no queue is to blame

struct Event {
  Time at{};
  std::uint64_t packet = 0;
  std::uint64_t other = 0;
  std::uint16_t host = 0;
  std::uint16_t index = 0;
  Kind kind{};
  // busy: 0 a thread, 1 a softirq, 2 an interrupt handler; drop: why; mask: which of several lines.
  // Of a stage, queue or link: how many frames the packet consists of (255: or more), of which `other` is the
  // length in octets.
  std::uint8_t level = 0;
  bool operator==(const Event&) const = default;
};

}  // namespace ringside::trace
