// Simulated time: integer picoseconds. One byte at 400 Gbit/s lasts 20 ps, and 2^63 ps are 106 days.
//
// The clock has no now(): only the simulator knows the time, and it passes it as an argument.
#pragma once

#include <chrono>
#include <cstdint>

namespace ringside {

struct SimClock {
  using rep = std::int64_t;
  using period = std::pico;
  using duration = std::chrono::duration<rep, period>;
  using time_point = std::chrono::time_point<SimClock>;
  static constexpr bool is_steady = true;
};

using Duration = SimClock::duration;  // std::chrono literals (2us, 300ns) convert without loss
using Time = SimClock::time_point;    // Time + Time does not compile

inline constexpr Time start_of_time{};
inline constexpr Time end_of_time = Time::max();
inline constexpr Duration forever = Duration::max();

constexpr double to_seconds(Duration d) { return static_cast<double>(d.count()) * 1e-12; }
constexpr double to_nanoseconds(Duration d) { return static_cast<double>(d.count()) * 1e-3; }

// Rounds to the nearest picosecond; what does not fit becomes plus or minus Duration::max(), and so does what
// is no number. For values that come from text (a profile, a scenario), not for the hot loop.
constexpr Duration from_seconds(double seconds) {
  constexpr double beyond = 9223372036854775808.0;  // 2^63
  const double ps = seconds * 1e12;
  if (ps <= -beyond) return -Duration::max();
  if (!(ps < beyond)) return Duration::max();
  return Duration{static_cast<std::int64_t>(ps < 0 ? ps - 0.5 : ps + 0.5)};
}

}  // namespace ringside
