// RFC 5681: what Reno and CUBIC have in common.
#include "tcp/congestion/congestion.hpp"

#include <algorithm>

namespace ringside::net {

void Congestion::use(CongestionControl algorithm) {
  switch (algorithm) {
    case CongestionControl::reno: algorithm_.emplace<Reno>(); break;
    case CongestionControl::cubic: algorithm_.emplace<Cubic>(); break;
  }
}

void Congestion::open(std::uint32_t mss, std::uint32_t initial_window) {
  window_.mss = mss;
  window_.cwnd = initial_window_ = initial_window;
  reason_ = WindowReason::opened;
}

void Congestion::on_ack(const AckedOctets& acked) {
  reason_ = window_.slow_start() ? WindowReason::slow_start : WindowReason::avoidance;
  if (!window_.slow_start()) {
    return std::visit([&](auto& algorithm) { algorithm.avoid(window_, acked); }, algorithm_);
  }
  // Linux tcp_slow_start: every acknowledged octet counts, so that delayed and stretched ACKs do not slow the
  // start; RFC 5681 would grant one segment per ACK.
  window_.cwnd = std::min(window_.cwnd + acked.octets, window_.ssthresh);
}

void Congestion::reduce(std::uint32_t flight) {
  const std::uint32_t ssthresh = std::visit(
      [&](auto& algorithm) { return algorithm.ssthresh_after_loss(window_, std::min(flight, window_.cwnd)); },
      algorithm_);
  window_.ssthresh = std::max(ssthresh, 2 * window_.mss);  // RFC 5681 equation 4
}

void Congestion::on_loss(std::uint32_t flight) {
  reduce(flight);
  window_.cwnd = window_.ssthresh;
  reason_ = WindowReason::recovery;
}

void Congestion::on_timeout(std::uint32_t flight, bool again) {
  if (!again) reduce(flight);  // RFC 5681 section 3.1: ssthresh is held for a segment that times out again
  std::visit([](auto& algorithm) { algorithm.timed_out(); }, algorithm_);
  window_.cwnd = window_.mss;
  reason_ = WindowReason::timeout;
}

void Congestion::on_restart(Time now, Duration idle) {
  window_.cwnd = std::min(window_.cwnd, initial_window_);
  reason_ = WindowReason::restart;
  std::visit([&](auto& algorithm) { algorithm.restarted(now, idle); }, algorithm_);
}

}  // namespace ringside::net
