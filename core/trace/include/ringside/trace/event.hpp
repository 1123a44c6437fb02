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
  mask,            // the interrupt of notification `index` was masked (`other` = 1) or unmasked (0)
  window,          // the congestion window of the host's connection `index` is another: `other`, see Window
  held,            // it is kept at the stage `index`, for others of its flow to join it
  interrupted,     // work on it at the stage `index` stands still for `other` picoseconds: a higher level has
                   // the core
};
inline constexpr std::uint8_t kinds = 16;

inline constexpr std::uint8_t full_queue = 0;      // why a packet was dropped: its queue had no room
inline constexpr std::uint16_t no_queue = 0xffff;  // `index` of a drop for which no queue is to blame

struct Event {
  Time at{};
  std::uint64_t packet = 0;
  std::uint64_t other = 0;
  std::uint16_t host = 0;
  std::uint16_t index = 0;
  Kind kind{};
  // busy: 0 a thread, 1 a softirq, 2 an interrupt handler; drop: why; mask: which of several lines;
  // window: why (net::WindowReason).
  // Of a stage, queue, link or hold: how many frames the packet consists of (255: or more), of which `other`
  // is the length in octets.
  std::uint8_t level = 0;
  bool operator==(const Event&) const = default;
};

// Of one TCP connection, in octets. Connections of a host are numbered from 1, and a number is given again
// when a connection has ended.
struct Window {
  std::uint32_t cwnd = 0;  // 0: there is no such connection
  std::uint32_t ssthresh = 0;
  bool operator==(const Window&) const = default;

  bool has_threshold() const { return ssthresh < no_threshold; }  // else nothing was lost so far
  static constexpr std::uint32_t no_threshold = 0x7fffffff;
};
constexpr std::uint64_t as_other(Window window) { return std::uint64_t{window.ssthresh} << 32 | window.cwnd; }
constexpr Window window_of(const Event& event) {
  return {.cwnd = static_cast<std::uint32_t>(event.other),
          .ssthresh = static_cast<std::uint32_t>(event.other >> 32)};
}

}  // namespace ringside::trace
