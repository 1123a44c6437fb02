// RFC 5681: additive increase, multiplicative decrease.
#pragma once

#include "tcp/congestion/window.hpp"

namespace ringside::net {

class Reno {
 public:
  void avoid(CongestionWindow& window, const AckedOctets& acked);  // congestion avoidance
  std::uint32_t ssthresh_after_loss(const CongestionWindow&, std::uint32_t flight) { return flight / 2; }
  void timed_out() {}
  void restarted(Time, Duration) {}

 private:
  std::uint32_t acked_ = 0;
};

}  // namespace ringside::net
