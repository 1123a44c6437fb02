// RFC 5681 section 3.1: one segment per round trip, counted in octets.
#include "tcp/congestion/reno.hpp"

namespace ringside::net {

void Reno::avoid(CongestionWindow& window, const AckedOctets& acked) {
  acked_ += acked.octets;  // RFC 3465 section 2.1: a window's worth of octets acknowledged is a round trip
  if (acked_ < window.cwnd) return;
  acked_ -= window.cwnd;
  window.cwnd += window.mss;
}

}  // namespace ringside::net
