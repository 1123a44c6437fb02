// RFC 6298 section 2, in picoseconds; the variation as Linux tcp_rtt_estimator() keeps it.
#include "tcp/rtt.hpp"

namespace ringside::net {

void RttEstimator::sample(Duration rtt, SeqNum una, SeqNum nxt) {
  doublings_ = 0;
  if (config_->rto != RtoRule::margin) return average(rtt);
  if (!measured_) {  // RFC 6298 (2.2)
    measured_ = true;
    srtt_ = rtt;
    deviation_ = rtt / 2;
    // Linux keeps the minimum on the variation, where RFC 6298 (2.4) has it on the sum: a path of steady
    // delay does not time out as soon as one segment is a little late.
    margin_ = most_this_round_ = std::max(4 * deviation_, options_->min_rto);
    round_end_ = nxt;
    base_ = srtt_ + margin_;
    return;
  }
  // RFC 6298 (2.3): alpha = 1/8, beta = 1/4; but a round trip that is shorter than expected is no reason to
  // wait longer.
  const bool shorter = rtt < srtt_;
  const Duration error = shorter ? srtt_ - rtt : rtt - srtt_;
  const Duration change = error - deviation_;
  srtt_ += (rtt - srtt_) / 8;
  deviation_ += shorter && change > Duration{0} ? change / 32 : change / 4;
  // It grows at once, and shrinks once in a round trip.
  most_this_round_ = std::max(most_this_round_, 4 * deviation_);
  margin_ = std::max(margin_, most_this_round_);
  if (una.after(round_end_)) {
    margin_ -= (margin_ - most_this_round_) / 4;
    round_end_ = nxt;
    most_this_round_ = options_->min_rto;
  }
  base_ = srtt_ + margin_;
}

// RFC 6298 (2.2) to (2.4); RFC 793 section 3.7 with alpha = 0.9 and beta = 2.
void RttEstimator::average(Duration rtt) {
  const bool old = config_->rto == RtoRule::rfc793;
  if (!measured_) {
    srtt_ = rtt;
    deviation_ = rtt / 2;
  } else {
    const Duration error = rtt < srtt_ ? srtt_ - rtt : rtt - srtt_;
    deviation_ += (error - deviation_) / 4;
    srtt_ += (rtt - srtt_) / (old ? 10 : 8);
  }
  measured_ = true;
  base_ = std::max(old ? 2 * srtt_ : srtt_ + 4 * deviation_, options_->min_rto);
}

void RttEstimator::handshake_timed_out() {
  if (config_->rto != RtoRule::slop) base_ = 3s;
  doublings_ = 0;
}

Duration RttEstimator::scaled(int doublings) const {
  const bool first = !measured_ && doublings == 0;
  const bool slop = config_->rto == RtoRule::slop && !first;
  Duration rto = base_;
  for (; doublings > 0 && rto < options_->max_rto; --doublings) rto *= 2;
  if (slop) rto += config_->rto_slop;
  return std::min(rto, options_->max_rto);
}

}  // namespace ringside::net
