// RFC 9438: CUBIC. Only additions, multiplications and divisions of doubles, which are the same on every
// machine.
#pragma once

#include <optional>

#include "tcp/congestion/window.hpp"

namespace ringside::net {

class Cubic {
 public:
  void avoid(CongestionWindow& window, const AckedOctets& acked);
  std::uint32_t ssthresh_after_loss(const CongestionWindow& window, std::uint32_t flight);
  void timed_out() { w_max_ = 0; }  // RFC 9438 section 4.8: the next epoch begins on its plateau, with K = 0
  void restarted(Time now, Duration idle);

 private:
  struct Epoch {  // RFC 9438 section 4.1: a period of congestion avoidance
    Time start{};
    double k = 0;       // seconds until W_cubic is back at origin
    double origin = 0;  // segments: the plateau of the cubic
    double w_est = 0;   // segments: what Reno would have
  };
  Epoch begin_epoch(const CongestionWindow& window, Time now) const;

  std::optional<Epoch> epoch_;
  double w_max_ = 0;       // segments
  double cwnd_prior_ = 0;  // segments: before the last reduction
  double fraction_ = 0;    // octets of cwnd not yet granted
};

double cube_root(double x);  // of a number that is not negative, by Newton's method

}  // namespace ringside::net
