// The time that a line leaves a host for each frame, against what the host takes for it.
#pragma once

#include <cstdint>
#include <optional>

#include "ringside/replay/cast.hpp"
#include "ringside/replay/traffic.hpp"
#include "ringside/trace/state.hpp"

namespace ringside::replay {

struct Budget {
  static constexpr std::uint32_t checksum = 4;         // octets of a frame that no recording counts
  static constexpr std::uint32_t around = 20;          // preamble and the gap between two frames
  static constexpr std::uint32_t shortest_frame = 64;  // with its checksum

  // Of a frame of so many octets, counted without its checksum.
  static Duration time_on_line(std::uint32_t octets, std::uint64_t bits_per_second);

  std::uint64_t bits_per_second = 0;
  std::uint32_t frame = 0;  // octets, with its checksum
  Duration each{};          // that the line leaves for a frame

  std::uint64_t packets = 0;  // that the host got through
  std::uint64_t lost = 0;     // frames
  std::size_t core = 0;       // the busiest
  Duration busy{};            // as long as that one
  Duration elapsed{};
  Duration cost{};  // of a packet, on that core

  double line_pps() const { return 1 / to_seconds(each); }
  double most_pps() const { return 1 / to_seconds(cost); }  // that the host can take
  bool always_busy() const { return busy >= elapsed - elapsed / 200; }
  // It polls without a break, and loses nothing: a packet costs `cost` or less.
  bool bound_only() const { return always_busy() && lost == 0; }
};

// Of the host under study over a whole recording, `end` being its last state. nullopt: no packet came
// through, or the line is infinitely fast.
std::optional<Budget> budget_of(const Cast&, const trace::State& end, Time begin, const Traffic&);

}  // namespace ringside::replay
