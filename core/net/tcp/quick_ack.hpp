// Who is acknowledged at once, and how long an ACK waits that is not. The first segments of a connection are,
// since a sender in slow start waits for each ACK, until the two sides are seen to answer each other. Linux
// tcp_enter_quickack_mode(), icsk_ack.ato.
#pragma once

#include <algorithm>
#include <optional>

#include "ringside/net/config.hpp"

namespace ringside::net {

class QuickAck {
 public:
  // `least`: what an ACK waits at least (TCP_ATO_MIN).
  QuickAck(const TcpSocketOptions& options, Duration least) : most_{options.quick_acks}, least_{least} {
    interactive_ = options.interactive;
  }

  bool adapts() const { return most_ > 0; }
  bool active() const { return left_ > 0 && !interactive_; }
  bool interactive() const { return interactive_; }  // Linux inet_csk_in_pingpong_mode()
  void begin(Time now) { began_ = now; }
  // tcpi_last_data_recv: until text comes, since the connection is there (tcp_create_openreq_child()).
  Time last_text() const { return last_text_.value_or(began_); }
  void set_interactive(bool yes) { interactive_ = yes; }

  // tcp_event_data_recv(). `window` octets are offered, a full segment has `segment`.
  void on_text(Time now, Duration rto, std::uint32_t window, std::uint32_t segment) {
    const Duration since = last_text_ ? (now - *last_text_) / Duration{1ms} * Duration{1ms} : Duration::max();
    last_text_ = now;
    if (wait_ == Duration{}) {
      grant(window, segment);
      wait_ = least_;
    } else if (since <= least_ / 2) {
      wait_ = halved(wait_) + least_ / 2;
    } else if (since < wait_) {
      wait_ = std::min(halved(wait_) + since, rto);
    } else if (since > rto) {
      grant(window, segment);
    }
  }
  void on_repetition(std::uint32_t window, std::uint32_t segment) {  // the sender may be out of step
    grant(window, segment);
    leave_interactive();
  }
  // tcp_event_data_sent(): an answer within the time for which an ACK would be delayed.
  void on_text_sent(Time now) {
    if (last_text_ && now - *last_text_ < (adapts() ? wait_ : least_)) interactive_ = true;
  }
  void demand(int acks) { left_ = std::max(left_, acks), leave_interactive(); }
  void on_window_grown() { left_ |= 1; }  // tcp_grow_window()
  void on_scarce_memory() { left_ = 0; }  // __tcp_select_window()
  void on_ack_sent() {                    // one that was due: tcp_dec_quickack_mode()
    if (left_ == 1) wait_ = least_;
    left_ = std::max(left_ - 1, 0), small_ = 0;
  }

  // tcp_send_delayed_ack(): how long. `srtt`: 0 if it is not known; `most`: icsk_delack_max.
  Duration wait(Duration srtt, Duration most) const {
    if (wait_ <= least_) return std::min(wait_, most);
    Duration longest = interactive_ || small_ > 0 ? Duration{200ms} : Duration{500ms};  // TCP_DELACK_MAX
    if (srtt > Duration{}) longest = std::min(longest, std::max(srtt, least_));
    return std::min({wait_, longest, most});
  }
  Duration usual_wait() const { return wait_; }
  void on_waited(Duration rto) {  // tcp_delack_timer_handler(): in vain
    if (!interactive_)
      wait_ = std::min(2 * wait_, rto);
    else
      leave_interactive();
  }

  // A segment that was not full is likely the end of what the peer had to say: whoever has read it shall not
  // keep the ACK back. tcp_measure_rcv_mss(), tcp_cleanup_rbuf().
  void on_small_text() { small_ = std::min(small_ + 1, 2); }
  void on_pushed_text() { small_ = std::max(small_, 1); }
  bool due_when_read() const { return most_ > 0 && (small_ == 2 || (small_ == 1 && !interactive_)); }

 private:
  static Duration halved(Duration wait) { return wait / Duration{2ms} * Duration{1ms}; }  // jiffies
  void leave_interactive() { interactive_ = false, wait_ = least_; }
  void grant(std::uint32_t window, std::uint32_t segment) {  // tcp_incr_quickack()
    const auto half_window = static_cast<int>(window / (2 * segment));
    left_ = std::max(left_, std::min(half_window > 0 ? half_window : 2, most_));
  }

  int most_;
  int left_ = 0;   // tcp_dec_quickack_mode()
  int small_ = 0;  // segments since the last ACK; two are as good as more
  bool interactive_ = false;
  Duration least_, wait_{};  // 0: no text came yet
  Time began_{};
  std::optional<Time> last_text_{};
};

}  // namespace ringside::net
