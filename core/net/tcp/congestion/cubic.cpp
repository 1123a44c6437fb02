// RFC 9438 section 4.
#include "tcp/congestion/cubic.hpp"

#include <algorithm>

namespace ringside::net {
namespace {

constexpr double c = 0.4;                                    // RFC 9438 section 5: segments per second cubed
constexpr double beta = 0.7;                                 // RFC 9438 section 4.6
constexpr double alpha = 3.0 * (1.0 - beta) / (1.0 + beta);  // RFC 9438 section 4.3: as aggressive as Reno

}  // namespace

double cube_root(double x) {
  if (x <= 0) return 0;
  double scale = 1;
  while (x >= 8) x /= 8, scale *= 2;
  while (x < 1) x *= 8, scale /= 2;
  double root = 1 + (x - 1) / 7;  // the chord through (1, 1) and (8, 2)
  for (int i = 0; i < 5; ++i) root = (2 * root + x / (root * root)) / 3;
  return root * scale;
}

Cubic::Epoch Cubic::begin_epoch(const CongestionWindow& window, Time now) const {
  const double cwnd = static_cast<double>(window.cwnd) / window.mss;
  const double origin = std::max(w_max_, cwnd);  // RFC 9438 section 4.10: without a loss, cwnd is the plateau
  return {.start = now, .k = cube_root((origin - cwnd) / c), .origin = origin, .w_est = cwnd};
}

void Cubic::avoid(CongestionWindow& window, const AckedOctets& acked) {
  if (!epoch_) epoch_ = begin_epoch(window, acked.now);
  const double cwnd = static_cast<double>(window.cwnd) / window.mss;
  const double segments = static_cast<double>(acked.octets) / window.mss;

  // RFC 9438 figure 4; once Reno would be back where it was before the loss, it grows by one segment per
  // round trip.
  epoch_->w_est += (epoch_->w_est < cwnd_prior_ ? alpha : 1.0) * segments / cwnd;

  // RFC 9438 section 4.2: W_cubic one round trip ahead is the target, at most half as much again as cwnd.
  const double since_plateau = to_seconds(acked.now - epoch_->start + acked.srtt) - epoch_->k;
  const double w_cubic = c * since_plateau * since_plateau * since_plateau + epoch_->origin;
  const double target = std::clamp(w_cubic, cwnd, 1.5 * cwnd);
  const double grown = std::max(cwnd + (target - cwnd) / cwnd * segments, epoch_->w_est);

  fraction_ += (grown - cwnd) * window.mss;
  const auto octets = static_cast<std::uint32_t>(fraction_);
  fraction_ -= octets;
  window.cwnd += octets;
}

std::uint32_t Cubic::ssthresh_after_loss(const CongestionWindow& window, std::uint32_t flight) {
  const double cwnd = static_cast<double>(window.cwnd) / window.mss;
  cwnd_prior_ = cwnd;
  w_max_ = cwnd < w_max_ ? cwnd * (1 + beta) / 2 : cwnd;  // RFC 9438 section 4.7: fast convergence
  epoch_.reset();
  return static_cast<std::uint32_t>(flight * beta);
}

// RFC 9438 section 5.8: time without data to send must not count as time of growth.
void Cubic::restarted(Time now, Duration idle) {
  if (epoch_) epoch_->start = std::min(epoch_->start + idle, now);
}

}  // namespace ringside::net
