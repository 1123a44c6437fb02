// The end of slow start before the first loss: when the ACKs of one flight take half a round trip to come in,
// or the round trip grows (Ha and Rhee, "Hybrid Slow Start"; Linux hystart_update()).
#pragma once

#include <algorithm>

#include "tcp/congestion/window.hpp"

namespace ringside::net {

class HyStart {
 public:
  // `least`: the shortest round trip of the connection so far, this one too.
  void measured(CongestionWindow& window, const RoundTrip& trip, Duration least) {
    constexpr std::uint32_t low_window = 16;  // hystart_low_window
    if (found_ || !window.slow_start() || window.cwnd < low_window) return;
    if (!round_ || trip.una.after(round_end_)) begin_round(trip);
    if (!train_too_long(trip, least) && !delay_grew(trip.rtt, least)) return;
    found_ = true;
    window.ssthresh = window.cwnd;
  }

 private:
  void begin_round(const RoundTrip& trip) {
    round_ = true;
    round_start_ = last_ack_ = trip.now;
    round_end_ = trip.nxt;
    least_of_round_ = Duration::max();
    samples_ = 0;
  }
  bool train_too_long(const RoundTrip& trip, Duration least) {
    constexpr Duration apart = 2ms;  // hystart_ack_delta_us
    if (trip.now - last_ack_ > apart) return false;
    last_ack_ = trip.now;
    return trip.now - round_start_ > (least + trip.burst) / 2;
  }
  bool delay_grew(Duration rtt, Duration least) {
    constexpr int enough = 8;  // HYSTART_MIN_SAMPLES
    least_of_round_ = std::min(least_of_round_, std::max(rtt, Duration{1us}));
    if (samples_ < enough) return ++samples_, false;
    return least_of_round_ > least + std::clamp(least / 8, Duration{4ms}, Duration{16ms});
  }

  bool found_ = false, round_ = false;
  Time round_start_{}, last_ack_{};
  SeqNum round_end_{};
  Duration least_of_round_{};
  int samples_ = 0;
};

}  // namespace ringside::net
