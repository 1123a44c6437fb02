// What the host under study got through, packet by packet: how long each took, and how large frames are.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "ringside/replay/cast.hpp"
#include "ringside/replay/overview.hpp"
#include "ringside/trace/histogram.hpp"
#include "ringside/trace/recording.hpp"

namespace ringside::replay {

struct Traffic {
  // From where a packet arrived to where a program had it, or it left again.
  trace::Histogram latency{};
  // By the share of packets that took no longer, from the quickest to the slowest.
  struct Point {
    double share = 0;
    Duration took{};
  };
  std::vector<Point> curve{};

  std::uint64_t arrived = 0;
  std::uint64_t octets_arrived = 0;
  std::uint64_t left = 0;                // by a port
  std::uint32_t commonest_arriving = 0;  // octets, without the checksum; 0: none has come
  std::uint32_t commonest_leaving = 0;

  // Reads the whole recording. nullopt: it was no longer wanted.
  static std::optional<Traffic> of(trace::Recording&, const Cast&, const Progress& = {});
};

}  // namespace ringside::replay
