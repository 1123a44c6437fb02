// RFC 8985: a segment is lost if one that was sent later has arrived, and a little time more has passed than
// a round trip takes. How little is here, as Linux's net/ipv4/tcp_recovery.c has it.
#pragma once

#include <algorithm>
#include <utility>

#include "ringside/net/config.hpp"
#include "ringside/net/seqnum.hpp"
#include "ringside/units/time.hpp"
#include "tcp/retransmit_queue.hpp"

namespace ringside::net {

class Rack {
 public:
  // `reordering`: segments that are overtaken without being lost, until more is known.
  Rack(const RackConfig& config, int reordering) : config_{&config}, reordering_{reordering} {}

  // RFC 8985 section 6.2 step 2, tcp_rack_advance(): `segment` has arrived.
  void arrived(Time now, const SentSegment& segment, Duration min_rtt) {
    const Duration rtt = now - segment.sent;
    // Was it the retransmission? Sooner than ever before is too soon.
    if (rtt < min_rtt && (segment.again || segment.repeated)) return;
    advanced_ = true;
    rtt_ = rtt;
    if (!behind(segment.sent, segment.end)) return;
    sent_ = segment.sent;
    end_ = segment.end;
  }
  bool take_advanced() { return std::exchange(advanced_, false); }
  void look_again() { advanced_ = true; }

  // Was something that was sent after `segment` delivered?
  bool overtook(const SentSegment& segment) const {
    return sent_ > segment.sent || (sent_ == segment.sent && end_.after(segment.end));
  }
  // Until `segment` counts as lost; none or less: it does.
  Duration remaining(Time now, const SentSegment& segment, Duration reordering) const {
    return rtt_ + reordering - (now - segment.sent);
  }

  // RFC 8985 section 6.2 step 4. `sacked`: segments; `recovering`: in recovery, or after a time-out.
  Duration reordering_window(Duration min_rtt, Duration srtt, std::uint32_t sacked, bool recovering) const {
    const bool told = config_->duplicates_tell && sacked >= static_cast<std::uint32_t>(reordering_);
    const bool enough = recovering || told;
    if (reordering_seen_ == 0 && enough) return Duration{0};
    constexpr Duration least = std::chrono::microseconds{1};  // no clock measures less
    return std::max(std::min(min_rtt / 4 * steps_, srtt), least);
  }
  // Of duplicates that came of too small a window: tcp_rack_update_reo_wnd(). Both count segments.
  void adapt(std::uint32_t delivered_when_sent, std::uint32_t delivered) {
    if (!config_->adapts) return;
    constexpr std::uint8_t most_steps = 0xff;
    if (static_cast<std::int32_t>(delivered_when_sent - adapted_at_) < 0) duplicate_seen_ = false;
    if (duplicate_seen_) {
      if (steps_ < most_steps) ++steps_;
      duplicate_seen_ = false;
      adapted_at_ = delivered;
      lasts_ = lasting;
    } else if (lasts_ == 0) {
      steps_ = 1;
    }
  }
  void duplicate_seen() { duplicate_seen_ = reordering_seen_ > 0; }
  void recovered() {
    if (lasts_ > 0) --lasts_;
  }
  void undone_by_duplicates() {
    if (lasts_ < lasting) ++lasts_;
  }

  // Segments came out of order, by so many: tcp_check_sack_reordering().
  void reordered(int segments) {
    constexpr int most = 300;  // tcp_max_reordering
    reordering_ = std::max(reordering_, std::min(segments, most));
    ++reordering_seen_;
  }
  void trust_less(int reordering) { reordering_ = std::min(reordering_, reordering); }
  bool detects() const { return config_->detects; }
  int reordering() const { return reordering_; }
  std::uint32_t reordering_seen() const { return reordering_seen_; }  // times

 private:
  static constexpr std::uint8_t lasting = 16;  // TCP_RACK_RECOVERY_THRESH

  bool behind(Time sent, SeqNum end) const { return sent > sent_ || (sent == sent_ && end.after(end_)); }

  const RackConfig* config_;
  Time sent_ = Time::min();  // RACK.xmit_ts; nothing has arrived yet
  Duration rtt_{};
  SeqNum end_{};  // RACK.end_seq
  std::uint32_t reordering_seen_ = 0;
  int reordering_;
  std::uint32_t adapted_at_ = 0;
  std::uint8_t steps_ = 1;  // quarters of the least round trip
  std::uint8_t lasts_ = 0;  // recoveries until one quarter is enough again
  bool advanced_ = false, duplicate_seen_ = false;
};

}  // namespace ringside::net
