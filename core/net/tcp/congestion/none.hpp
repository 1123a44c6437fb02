// Before congestion control (RFC 793): all that the peer's window takes may be under way.
#pragma once

#include "tcp/congestion/window.hpp"

namespace ringside::net {

struct None {
  static constexpr std::uint32_t window = 1 << 20;  // segments

  void avoid(CongestionWindow&, const Arrived&) {}
  std::uint32_t ssthresh_after_loss(const CongestionWindow& window) { return window.ssthresh; }
  void measured(CongestionWindow&, const RoundTrip&) {}
  void timed_out() {}
  void restarted(Time, Duration) {}
};

}  // namespace ringside::net
