// How fast segments are delivered: each remembers how many had been when it left, and the slower of the paces
// at which a flight left and was acknowledged is the rate. Linux net/ipv4/tcp_rate.c;
// draft-cheng-iccrg-delivery-rate-estimation. In segments and microseconds.
#pragma once

#include <algorithm>

#include "ringside/net/config.hpp"
#include "tcp/retransmit_queue.hpp"

namespace ringside::net {

// What one acknowledgement says: of what it newly covers, the segment that was sent last.
struct RateSample {
  std::uint32_t prior_delivered = 0;
  Time prior_delivered_at = Time::min();  // nothing was covered
  SeqNum last_end{};
  std::uint32_t interval = 0;   // in which its flight left; after finish() the longer one, 0: of no use
  std::int32_t delivered = -1;  // in it, after finish()
  bool app_limited = false;
};

class DeliveryRate {
 public:
  // tcp_rate_skb_sent(). `first`: nothing was in flight.
  Departure departs(Time now, bool first, std::uint32_t delivered) {
    constexpr std::uint32_t longest = 0x7fff'ffff;  // of 31 bits
    if (first) first_sent_ = delivered_at_ = now;
    return {.delivered = delivered,
            .since_delivery = microseconds(now - delivered_at_),
            .since_first_sent = std::min(microseconds(now - first_sent_), longest) & longest,
            .app_limited = app_limited_until_ != 0};
  }
  // tcp_rate_skb_delivered(), once for each segment.
  void arrived(const SentSegment& segment, RateSample& sample) {
    const bool later =
        segment.sent > first_sent_ || (segment.sent == first_sent_ && segment.end.after(sample.last_end));
    if (sample.prior_delivered != 0 && !later) return;
    const Departure& then = segment.departure;
    sample = {.prior_delivered = then.delivered,
              .prior_delivered_at = segment.sent - then.since_delivery * Duration{1us},
              .last_end = segment.end,
              .interval = then.since_first_sent,
              .app_limited = then.app_limited != 0};
    first_sent_ = segment.sent;
  }
  // tcp_rate_gen(): all of it was read. `delivered` segments, `fresh` of them by this acknowledgement.
  void finish(Time now, RateSample& sample, std::uint32_t delivered, std::uint32_t fresh, Duration min_rtt);
  // tcp_rate_check_app_limited(): there is nothing to send until so many are delivered.
  void limit_until(std::uint32_t delivered) { app_limited_until_ = std::max(delivered, 1u); }

  // Octets in a second of segments of `mss`; 0: not known. tcp_compute_delivery_rate()
  std::uint64_t octets(std::uint32_t mss) const {
    return interval_ == 0 ? 0 : std::uint64_t{delivered_} * mss * 1'000'000 / interval_;
  }
  Time delivered_at() const { return delivered_at_; }                      // anything: tp->delivered_mstamp
  bool limited_by_application() const { return app_limited_until_ != 0; }  // now
  bool app_limited() const { return app_limited_; }  // it may be what was written, not what the path carries

 private:
  static std::uint32_t microseconds(Duration time) {
    return static_cast<std::uint32_t>(std::min<std::int64_t>(time / Duration{1us}, 0xffff'ffff));
  }

  Time first_sent_{}, delivered_at_{};
  std::uint32_t app_limited_until_ = 0;  // delivered segments; 0: there is enough to send
  std::uint32_t delivered_ = 0, interval_ = 0;
  bool app_limited_ = true;
};

inline void DeliveryRate::finish(Time now, RateSample& sample, std::uint32_t delivered, std::uint32_t fresh,
                                 Duration min_rtt) {
  const auto beyond = static_cast<std::int32_t>(delivered - app_limited_until_);
  if (app_limited_until_ != 0 && beyond > 0) app_limited_until_ = 0;
  if (fresh > 0) delivered_at_ = now;
  if (sample.prior_delivered_at == Time::min()) return;
  const std::uint32_t segments = delivered - sample.prior_delivered;
  sample.delivered = static_cast<std::int32_t>(segments);
  const std::uint32_t interval = std::max(sample.interval, microseconds(now - sample.prior_delivered_at));
  // Faster than any round trip: ACKs were compressed, or the segment that counts came twice.
  const bool too_fast = min_rtt != Duration::max() && interval < microseconds(min_rtt);
  sample.interval = too_fast ? 0 : interval;
  if (too_fast) return;
  const bool faster = std::uint64_t{segments} * interval_ >= std::uint64_t{delivered_} * interval;
  if (sample.app_limited && !faster) return;
  delivered_ = segments;
  interval_ = interval;
  app_limited_ = sample.app_limited;
}

}  // namespace ringside::net
