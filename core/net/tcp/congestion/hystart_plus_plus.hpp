// RFC 9406: when the round trip grows, slow start goes on at a quarter of its pace for five rounds, and then
// ends, unless it was a false alarm. Names as there.
#pragma once

#include <algorithm>

#include "ringside/net/config.hpp"
#include "tcp/congestion/window.hpp"

namespace ringside::net {

class HyStartPlusPlus {
 public:
  void measured(CongestionWindow& window, const RoundTrip& trip) {
    if (!window.slow_start()) over_ = true;  // section 4.3: only the first one
    if (over_) return;
    if (!round_ || trip.una.after(round_end_)) begin_round(window, trip);
    if (over_) return;
    current_least_ = std::min(current_least_, trip.rtt);
    constexpr int enough = 8;  // N_RTT_SAMPLE
    if (samples_ < enough) ++samples_;
    if (samples_ < enough || last_least_ == Duration::max()) return;
    if (!conservative_) {
      const Duration threshold = std::clamp(last_least_ / 8, Duration{4ms}, Duration{16ms});
      conservative_ = current_least_ >= last_least_ + threshold;
      baseline_ = current_least_;
      rounds_ = 0;
    } else if (current_least_ < baseline_) {
      conservative_ = false;
    }
  }
  std::uint32_t share(std::uint32_t segments) {
    if (!conservative_ || over_) return segments;
    constexpr std::uint32_t divisor = 4;  // CSS_GROWTH_DIVISOR
    credit_ += segments;
    const std::uint32_t whole = credit_ / divisor;
    credit_ %= divisor;
    return whole;
  }

 private:
  void begin_round(CongestionWindow& window, const RoundTrip& trip) {
    constexpr int most = 5;  // CSS_ROUNDS
    if (conservative_ && ++rounds_ >= most) {
      window.ssthresh = window.cwnd;
      over_ = true;
    }
    round_ = true;
    round_end_ = trip.nxt;
    last_least_ = current_least_;
    current_least_ = Duration::max();
    samples_ = 0;
  }

  bool over_ = false, round_ = false, conservative_ = false;
  SeqNum round_end_{};
  Duration last_least_ = Duration::max(),
           current_least_ = Duration::max();  // lastRoundMinRTT, currentRoundMinRTT
  Duration baseline_{};                       // cssBaselineMinRtt
  int samples_ = 0, rounds_ = 0;
  std::uint32_t credit_ = 0;  // segments that have not made the window grow yet
};

}  // namespace ringside::net
