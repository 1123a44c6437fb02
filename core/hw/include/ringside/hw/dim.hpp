// Dynamic interrupt moderation: how many frames a card should let gather is found by trying (Linux
// lib/dim/net_dim.c, Documentation/networking/net_dim.rst).
//
// Every 64 interrupts it compares bytes, packets and interrupts a millisecond with those before, in this
// order: a change of more than a tenth is one. It walks to the next level as long as that was better, turns
// round when it was not, and stays where neither side is; when the load changes it starts to walk again.
#pragma once

#include <cstdint>

#include "ringside/units/time.hpp"

namespace ringside::hw {

// Tell when so many have gathered, but no later than so long after the first.
struct Coalescing {
  int frames = 0;   // 0: however many
  Duration time{};  // 0: at once
  bool at_once() const { return time == Duration{0}; }
  bool operator==(const Coalescing&) const = default;
};

class Dim {
 public:
  void count(std::int64_t bytes) { ++packets_, bytes_ += bytes; }
  // What holds from this interrupt on.
  Coalescing after_interrupt(Time now);
  Coalescing level() const;

 private:
  enum class State : std::uint8_t { parking_on_top, parking_tired, going_right, going_left };
  enum class Change : std::uint8_t { same, better, worse };
  enum class Step : std::uint8_t { stepped, on_edge, too_tired };

  struct Rates {  // per millisecond
    std::int64_t bytes = 0, packets = 0, events = 0;
  };

  static Change compare(const Rates& now, const Rates& before);
  void decide(const Rates&);
  void walk(const Rates&);
  bool on_top() const;
  void turn();
  void park(State);
  void leave_parking();
  Step step();

  State state_ = State::parking_on_top;
  int level_ = 1;  // DIM_RX_EQE: NET_DIM_DEF_PROFILE_EQE
  int steps_left_ = 0, steps_right_ = 0, tired_ = 0;
  Rates before_{};
  std::int64_t packets_ = 0, bytes_ = 0;
  int events_ = 0;
  bool measuring_ = false;
  Time since_{};
};

}  // namespace ringside::hw
