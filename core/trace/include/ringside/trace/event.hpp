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
  end,    // the program has it, or it was forwarded: its way is over
  drop,   // the queue `index` had no room for it
  gone,   // it has been used up: by the protocols, or as a part of another packet
  birth,  // it was made while `other` was processed
  busy    // the core `index` has worked for `other` picoseconds until now, `packet` of them in user mode
};
inline constexpr std::uint8_t kinds = 8;

struct Event {
  Time at{};
  std::uint64_t packet = 0;
  std::uint64_t other = 0;
  std::uint16_t host = 0;
  std::uint16_t index = 0;
  Kind kind{};
  std::uint8_t level = 0;  // busy: 0 a thread, 1 a softirq, 2 an interrupt handler
  bool operator==(const Event&) const = default;
};

}  // namespace ringside::trace
