// RFC 6298 section 2, in picoseconds.
#include "tcp/rtt.hpp"

namespace ringside::net {

void RttEstimator::sample(Duration rtt) {
  if (!measured_) {  // RFC 6298 (2.2)
    measured_ = true;
    srtt_ = rtt;
    rttvar_ = rtt / 2;
  } else {  // RFC 6298 (2.3): alpha = 1/8, beta = 1/4
    const Duration error = rtt > srtt_ ? rtt - srtt_ : srtt_ - rtt;
    rttvar_ += (error - rttvar_) / 4;
    srtt_ += (rtt - srtt_) / 8;
  }
  // Linux (tcp_rtt_estimator, __tcp_set_rto) keeps the minimum on the variation, where RFC 6298 (2.4) has it
  // on the sum: a path of steady delay does not time out as soon as one segment is a little late.
  base_ = srtt_ + std::max(4 * rttvar_, config_->min_rto);
  doublings_ = 0;
}

void RttEstimator::handshake_timed_out() {
  base_ = 3s;
  doublings_ = 0;
}

Duration RttEstimator::scaled(int doublings) const {
  Duration rto = base_;
  for (; doublings > 0 && rto < config_->max_rto; --doublings) rto *= 2;
  return std::min(rto, config_->max_rto);
}

}  // namespace ringside::net
