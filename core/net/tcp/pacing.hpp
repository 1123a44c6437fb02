// Pacing: packets leave apart, each at the earliest when the one before it is over at the rate that is
// wanted. Linux tcp_update_skb_after_send() and tcp_pacing_check(), as it does where no fq is below TCP.
#pragma once

#include <algorithm>
#include <cstdint>

#include "ringside/net/config.hpp"

namespace ringside::net {

class Pacing {
 public:
  explicit Pacing(std::uint64_t most) { limit(most); }

  // The rate is known in any case, but only who needs it waits for it (sk_pacing_status): from the first
  // limit on, or when the congestion control says so, for good.
  void need() { needed_ = true; }
  void limit(std::uint64_t most) {  // SO_MAX_PACING_RATE; octets per second
    most_ = most;
    rate_ = std::min(rate_, most);
    if (most != unlimited_pace) need();
  }
  void set_rate(std::uint64_t rate) { rate_ = std::min(rate, most_); }
  std::uint64_t rate() const { return rate_; }

  bool holds(Time now) const { return needed_ && next_ > now; }
  Time next() const { return next_; }  // tcp_wstamp_ns: when the next may leave; else when the last left
  Duration delay(Time now) const { return holds(now) ? next_ - now : Duration{}; }  // tcp_pacing_delay()

  // A packet of so many octets of text has left, or one more `part` of it; `segments` have, in all. Half of
  // its time may have passed before it, while nothing was sent. The first ten segments need no pace.
  struct Packet {
    std::uint32_t octets = 0;
    std::uint64_t segments = 0;
    bool part = false;
  };
  void sent(Time now, const Packet& packet) {
    if (!packet.part) credit_ = std::max(now - next_, Duration{});
    next_ = std::max(next_, now);
    constexpr std::uint64_t unpaced = 10;
    if (!needed_ || rate_ == unlimited_pace || rate_ == 0 || packet.segments < unpaced) return;
    const Duration length =
        std::chrono::nanoseconds{static_cast<std::int64_t>(packet.octets * 1'000'000'000ull / rate_)};
    const Duration earlier = std::min(length / 2, credit_);
    credit_ -= earlier;
    next_ += length - earlier;
  }

 private:
  std::uint64_t rate_ = unlimited_pace, most_ = unlimited_pace;  // sk_pacing_rate, sk_max_pacing_rate
  Time next_{};
  Duration credit_{};  // for idleness before the packet that left last
  bool needed_ = false;
};

}  // namespace ringside::net
