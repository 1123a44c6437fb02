// The round trip as a receiver sees it, which may have sent nothing that is acknowledged: Linux rcv_rtt_est.
#pragma once

#include <algorithm>
#include <optional>

#include "ringside/net/config.hpp"
#include "ringside/net/seqnum.hpp"

namespace ringside::net {

class ReceiveRtt {
 public:
  Duration estimate() const { return eighths_ / 8; }  // 0: no measurement yet

  // tcp_rcv_rtt_measure(): a whole window came. It takes a round trip at least.
  void on_text(Time now, SeqNum nxt, std::uint32_t window) {
    if (began_ && nxt.before(ends_)) return;
    if (began_) sample(std::max<Duration>(now - *began_, 1us), true);
    began_ = now;
    ends_ = nxt + window;
  }

  // tcp_rcv_rtt_measure_ts(): the echo of what was stamped `ago`. An answer that the reader has put off says
  // nothing.
  void on_echo(std::uint32_t echo, Duration ago, bool full, bool all_read) {
    if (last_echo_ == echo) return;
    last_echo_ = echo;
    if (!full || ago <= Duration{}) return;  // an echo from the future is forged
    const bool shorter = eighths_ == Duration{} || 8 * std::min(ago, longest) < eighths_;
    if (shorter || all_read) sample(ago, false);
  }

 private:
  // What seems to be longer is no round trip: tcp_rcv_rtt_update() has 32 bits for microseconds.
  static constexpr Duration longest = 1h;

  void sample(Duration rtt, bool at_most) {
    rtt = std::min(rtt, longest);
    if (eighths_ == Duration{} || 8 * rtt < eighths_)
      eighths_ = 8 * rtt;
    else if (!at_most)
      eighths_ = eighths_ - eighths_ / 8 + rtt;
  }

  Duration eighths_{};
  std::optional<Time> began_{};
  SeqNum ends_{};
  std::optional<std::uint32_t> last_echo_{};
};

}  // namespace ringside::net
