// What congestion control decides on: RFC 5681 section 2, in segments, as Linux counts them.
#pragma once

#include <chrono>
#include <cstdint>

#include "ringside/net/seqnum.hpp"
#include "ringside/units/time.hpp"

namespace ringside::net {

using namespace std::chrono_literals;

struct CongestionWindow {
  static constexpr std::uint32_t unlimited = 0x7fffffff;  // RFC 5681 section 3.1: arbitrarily high

  std::uint32_t cwnd = 0;
  std::uint32_t ssthresh = unlimited;
  std::uint32_t credit = 0;  // segments that were acknowledged and have not made it grow yet

  bool slow_start() const { return cwnd < ssthresh; }
  // One more for each `period` segments acknowledged.
  void grow_by_one_in(std::uint32_t period, std::uint32_t acked) {
    if (credit >= period) credit = 0, ++cwnd;  // saved up at a longer period
    credit += acked;
    cwnd += credit / period;
    credit %= period;
  }
};

// Segments that have arrived while cwnd was the limit.
struct Arrived {
  Time now{};
  std::uint32_t segments = 0;
};

// Why the window is reduced.
enum class CongestionSign : std::uint8_t { loss, mark };

// How far the connection has come; segments.
struct Delivery {
  SeqNum una{}, nxt{};
  std::uint32_t delivered = 0, delivered_ce = 0;  // with CE
};

// A round trip that was measured.
struct RoundTrip {
  Time now{};
  Duration rtt{};
  SeqNum una{}, nxt{};
  Duration burst{};  // what a packet that a lower layer divides takes at the pace of the connection
};

}  // namespace ringside::net
