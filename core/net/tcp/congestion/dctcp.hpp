// RFC 8257: the window shrinks by the share of segments that were marked. Linux net/ipv4/tcp_dctcp.c.
#pragma once

#include <algorithm>
#include <optional>

#include "tcp/congestion/window.hpp"

namespace ringside::net {

class Dctcp {
 public:
  void avoid(CongestionWindow& window, const Arrived& arrived) {  // as Reno: RFC 8257 section 3.3
    window.grow_by_one_in(window.cwnd, arrived.segments);
  }
  // RFC 8257 section 3.4: a loss halves.
  std::uint32_t ssthresh_after_loss(const CongestionWindow& window) { return std::max(window.cwnd / 2, 2u); }
  // RFC 8257 section 3.3 (9): cwnd * (1 - alpha / 2).
  std::uint32_t ssthresh_after_marks(const CongestionWindow& window) const {
    const auto part = static_cast<std::uint32_t>((std::uint64_t{window.cwnd} * alpha_) >> 11);
    return std::max(window.cwnd - part, 2u);
  }
  // Once in a window: dctcp_update_alpha().
  void acknowledged(const Delivery& news) {
    if (window_end_ && news.una.before(*window_end_)) return;
    if (const std::uint32_t segments = news.delivered - delivered_; window_end_ && segments > 0)
      learn(segments, news.delivered_ce - delivered_ce_);
    window_end_ = news.nxt;
    delivered_ = news.delivered;
    delivered_ce_ = news.delivered_ce;
  }
  void measured(CongestionWindow&, const RoundTrip&) {}
  void timed_out() {}
  void restarted(Time, Duration) {}

  std::uint32_t alpha() const { return alpha_; }  // in 1/1024
  struct Window {                                 // as far as it is acknowledged
    std::uint32_t segments = 0, marked = 0;
  };
  Window window(std::uint32_t delivered, std::uint32_t delivered_ce) const {
    if (!window_end_) return {};
    return {delivered - delivered_, delivered_ce - delivered_ce_};
  }

 private:
  static constexpr std::uint32_t one = 1024;  // DCTCP_MAX_ALPHA, dctcp_alpha_on_init
  static constexpr unsigned g = 4;            // dctcp_shift_g: 1/16

  void learn(std::uint32_t segments, std::uint32_t marked) {  // alpha = (1 - g) alpha + g F
    alpha_ -= alpha_ >> g > 0 ? alpha_ >> g : alpha_;
    alpha_ = std::min(alpha_ + (marked << (10 - g)) / segments, one);
  }

  std::optional<SeqNum> window_end_{};
  std::uint32_t alpha_ = one;
  std::uint32_t delivered_ = 0, delivered_ce_ = 0;  // when the window began
};

}  // namespace ringside::net
