// The functions are those of Linux lib/dim/dim.c and net_dim.c, and are named beside each.
#include "ringside/hw/dim.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdlib>

namespace ringside::hw {

namespace {

using namespace std::chrono_literals;

// NET_DIM_RX_EQE_PROFILES: the time counts from the first frame that waits.
constexpr std::array<Coalescing, 5> levels{{{256, 1us}, {256, 8us}, {256, 64us}, {256, 128us}, {256, 256us}}};
constexpr int last_level = static_cast<int>(levels.size()) - 1;
constexpr int measured_events = 64;  // DIM_NEVENTS

bool differ(std::int64_t now, std::int64_t before) {  // IS_SIGNIFICANT_DIFF
  return 100 * std::abs(now - before) / before > 10;
}

std::int64_t per_millisecond(std::int64_t count, Duration in) {
  const std::int64_t us = std::max<std::int64_t>(in / Duration{1us}, 1);
  return (1000 * count + us - 1) / us;
}

}  // namespace

Coalescing Dim::level() const { return levels[static_cast<std::size_t>(level_)]; }

// net_dim(): what is set now is in force while the next events are counted.
Coalescing Dim::after_interrupt(Time now) {
  if (!measuring_) {
    measuring_ = true;
    since_ = now;
    events_ = 0;
    packets_ = bytes_ = 0;
  } else if (++events_ == measured_events) {
    const Duration in = now - since_;
    measuring_ = false;
    decide({.bytes = per_millisecond(bytes_, in),
            .packets = per_millisecond(packets_, in),
            .events = per_millisecond(measured_events, in)});
  }
  return level();
}

// net_dim_stats_compare()
Dim::Change Dim::compare(const Rates& now, const Rates& before) {
  const auto more = [](std::int64_t a, std::int64_t b) { return a > b ? Change::better : Change::worse; };
  if (before.bytes == 0) return now.bytes > 0 ? Change::better : Change::same;
  if (differ(now.bytes, before.bytes)) return more(now.bytes, before.bytes);
  if (before.packets == 0) return now.packets > 0 ? Change::better : Change::same;
  if (differ(now.packets, before.packets)) return more(now.packets, before.packets);
  if (before.events == 0 || !differ(now.events, before.events)) return Change::same;
  return more(before.events, now.events);
}

// net_dim_decision()
void Dim::decide(const Rates& rates) {
  const State was = state_;
  switch (state_) {
    case State::parking_on_top:
      if (compare(rates, before_) != Change::same) leave_parking();
      break;
    case State::parking_tired:
      if (--tired_ == 0) leave_parking();
      break;
    case State::going_right:
    case State::going_left: walk(rates); break;
  }
  if (was != State::parking_on_top || state_ != State::parking_on_top) before_ = rates;
}

void Dim::walk(const Rates& rates) {
  if (compare(rates, before_) != Change::better) turn();
  if (on_top()) return park(State::parking_on_top);
  switch (step()) {
    case Step::stepped: break;
    case Step::on_edge: park(State::parking_on_top); break;
    case Step::too_tired: park(State::parking_tired); break;
  }
}

// dim_on_top(): it came here, went past, and came back.
bool Dim::on_top() const {
  if (state_ == State::going_right) return steps_left_ > 1 && steps_right_ == 1;
  return steps_right_ > 1 && steps_left_ == 1;
}

// dim_turn()
void Dim::turn() {
  const bool right = state_ == State::going_right;
  (right ? steps_left_ : steps_right_) = 0;
  state_ = right ? State::going_left : State::going_right;
}

// dim_park_on_top(), dim_park_tired(): who is tired rests as long as he has walked.
void Dim::park(State where) {
  steps_left_ = steps_right_ = 0;
  if (where == State::parking_on_top) tired_ = 0;
  state_ = where;
}

// net_dim_exit_parking()
void Dim::leave_parking() {
  state_ = level_ > 0 ? State::going_left : State::going_right;
  step();
}

// net_dim_step()
Dim::Step Dim::step() {
  if (tired_ == 2 * static_cast<int>(levels.size())) return Step::too_tired;
  const bool right = state_ == State::going_right;
  if (level_ == (right ? last_level : 0)) return Step::on_edge;
  level_ += right ? 1 : -1;
  ++(right ? steps_right_ : steps_left_);
  ++tired_;
  return Step::stepped;
}

}  // namespace ringside::hw
