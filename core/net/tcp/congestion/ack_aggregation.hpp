// Some paths let ACKs come in bursts, between which a window that is just large enough would run dry: how
// many more segments were acknowledged than the bandwidth explains. Linux bbr_update_ack_aggregation().
#pragma once

#include <algorithm>
#include <array>

#include "tcp/congestion/bandwidth.hpp"

namespace ringside::net {

class AckAggregation {
 public:
  void begin(Time now) {
    *this = {};
    restart(now);
  }
  void restart(Time now) { since_ = now, acked_ = 0; }

  // `acked` segments have arrived by `delivered_at`.
  void sample(Time delivered_at, std::uint32_t acked, Bandwidth bandwidth, std::uint32_t cwnd,
              bool round_starts) {
    constexpr std::uint32_t many = 1 << 20;  // bbr_ack_epoch_acked_reset_thresh
    if (round_starts) age();
    auto expected = static_cast<std::uint32_t>(segments_in(bandwidth, microseconds(delivered_at - since_)));
    if (acked_ <= expected || acked_ + acked >= many) {
      restart(delivered_at);
      expected = 0;
    }
    acked_ = std::min(acked_ + acked, many - 1);
    std::uint32_t& most = most_[at_];
    most = std::max(most, std::min({acked_ - expected, cwnd, 0xffffu}));
  }
  // What the window has beside the path's own. bbr_ack_aggregation_cwnd()
  std::uint32_t allowance(Bandwidth bandwidth) const {
    constexpr std::uint64_t longest = 100'000;  // us: bbr_extra_acked_max_us
    const auto bound = static_cast<std::uint32_t>(segments_in(bandwidth, longest));
    return std::min(std::max(most_[0], most_[1]), bound);
  }

 private:
  void age() {
    constexpr std::uint32_t rounds = 5;  // bbr_extra_acked_win_rtts
    if (++rounds_ < rounds) return;
    rounds_ = 0;
    at_ ^= 1;
    most_[at_] = 0;
  }

  Time since_{};             // of the epoch
  std::uint32_t acked_ = 0;  // in it
  std::uint32_t rounds_ = 0, at_ = 0;
  std::array<std::uint32_t, 2> most_{};  // of these rounds, and of the ones before
};

}  // namespace ringside::net
