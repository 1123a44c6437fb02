// RFC 6298: the retransmission time-out, from smoothed round-trip time and its variation.
#pragma once

#include <algorithm>

#include "ringside/net/config.hpp"

namespace ringside::net {

class RttEstimator {
 public:
  explicit RttEstimator(const TcpConfig& config) : config_{&config}, base_{config.initial_rto} {}

  void sample(Duration rtt);
  void back_off() { doublings_ = std::min(doublings_ + 1, 30); }  // RFC 6298 (5.5)
  void forget_back_off() { doublings_ = 0; }
  // RFC 6298 (5.7): the handshake needed a retransmission, so that nothing was measured.
  void handshake_timed_out();

  Duration rto() const { return scaled(doublings_); }
  Duration scaled(int doublings) const;  // the unbacked time-out, doubled so often, at most max_rto
  bool backed_off() const { return doublings_ > 0; }
  int doublings() const { return doublings_; }
  bool measured() const { return measured_; }
  Duration srtt() const { return srtt_; }
  Duration rttvar() const { return rttvar_; }

 private:
  const TcpConfig* config_;
  Duration srtt_{}, rttvar_{};
  Duration base_;
  int doublings_ = 0;
  bool measured_ = false;
};

}  // namespace ringside::net
