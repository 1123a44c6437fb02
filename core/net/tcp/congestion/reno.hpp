// RFC 5681: additive increase, multiplicative decrease.
#pragma once

#include <algorithm>

#include "tcp/congestion/window.hpp"

namespace ringside::net {

class Reno {
 public:
  void avoid(CongestionWindow& window, const Arrived& arrived) {  // congestion avoidance
    window.grow_by_one_in(window.cwnd, arrived.segments);
  }
  std::uint32_t ssthresh_after_loss(const CongestionWindow& window) { return std::max(window.cwnd / 2, 2u); }
  void measured(CongestionWindow&, const RoundTrip&) {}
  void timed_out() {}
  void restarted(Time, Duration) {}
};

}  // namespace ringside::net
