// What congestion control decides on: RFC 5681 section 2, in octets.
#pragma once

#include <cstdint>

#include "ringside/units/time.hpp"

namespace ringside::net {

struct CongestionWindow {
  std::uint32_t cwnd = 0;
  std::uint32_t ssthresh = 0x7fffffff;  // RFC 5681 section 3.1: arbitrarily high
  std::uint32_t mss = 0;                // SMSS

  bool slow_start() const { return cwnd < ssthresh; }
};

// Cumulatively acknowledged octets that left while cwnd was the limit.
struct AckedOctets {
  Time now{};
  std::uint32_t octets = 0;
  Duration srtt{};
};

}  // namespace ringside::net
