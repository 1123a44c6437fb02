// RFC 6298: the retransmission time-out, from smoothed round-trip time and its variation.
#pragma once

#include <algorithm>

#include "containers/windowed_extreme.hpp"
#include "ringside/net/config.hpp"
#include "ringside/net/seqnum.hpp"
#include "tcp/current_options.hpp"

namespace ringside::net {

class RttEstimator {
 public:
  RttEstimator(const TcpConfig& config, CurrentOptions options)
      : config_{&config}, options_{options}, base_{config.initial_rto} {}

  void sample(Duration rtt, SeqNum una, SeqNum nxt);
  // What is too short to be measured counts as a tick of the timers: Linux tcp_update_rtt_min().
  void sample_least(Time now, Duration rtt) {
    constexpr Duration window = 300s;  // Linux tcp_min_rtt_wlen
    least_.sample(now, rtt < 1us ? Duration{1ms} : rtt, window);
  }
  void back_off() {  // RFC 6298 (5.5); 4.2BSD could (tcpexprexmtbackoff), and did not
    if (config_->rto != RtoRule::rfc793) doublings_ = static_cast<std::int16_t>(std::min(doublings_ + 1, 30));
  }
  bool measures_repeated() const { return config_->rto == RtoRule::rfc793; }  // before Karn's algorithm
  // RFC 6298 (5.7): the handshake needed a retransmission, so that nothing was measured.
  void handshake_timed_out();
  void follow(SeqNum una) { round_end_ = later_of(round_end_, una); }

  void take_back() { doublings_ = static_cast<std::int16_t>(std::max(doublings_ - 1, 0)); }  // the last one
  Duration rto() const { return scaled(doublings_); }
  Duration scaled(int doublings) const;  // the unbacked time-out, doubled so often, at most max_rto
  int doublings() const { return doublings_; }
  bool measured() const { return measured_; }
  Duration srtt() const { return srtt_; }
  Duration rttvar() const { return deviation_; }
  Duration least() const { return measured_ ? least_.best() : Duration::max(); }  // of the last five minutes

 private:
  void average(Duration rtt);

  const TcpConfig* config_;
  CurrentOptions options_;
  Duration srtt_{};
  Duration deviation_{};        // RFC 6298 RTTVAR
  Duration most_this_round_{};  // four times the deviation, at least min_rto
  Duration margin_{};           // what the time-out adds to srtt
  SeqNum round_end_{};
  std::int16_t doublings_ = 0;
  bool measured_ = false;
  Duration base_;
  WindowedLeast least_;
};

}  // namespace ringside::net
