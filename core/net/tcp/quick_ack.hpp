// Who is acknowledged at once: the first segments of a connection, since a sender in slow start waits for
// each ACK, until the two sides are seen to answer each other. Linux tcp_enter_quickack_mode().
#pragma once

#include <algorithm>
#include <optional>

#include "ringside/net/config.hpp"

namespace ringside::net {

class QuickAck {
 public:
  explicit QuickAck(const TcpSocketOptions& options) : most_{options.quick_acks} {
    interactive_ = options.interactive;
  }

  bool active() const { return left_ > 0 && !interactive_; }
  bool interactive() const { return interactive_; }  // Linux inet_csk_in_pingpong_mode()
  Time last_text() const { return last_text_.value_or(Time{}); }
  void set_interactive(bool yes) { interactive_ = yes; }

  // tcp_event_data_recv(). `window` octets are offered, a full segment has `segment`.
  void on_text(Time now, Duration rto, std::uint32_t window, std::uint32_t segment) {
    if (!last_text_ || now - *last_text_ > rto) grant(window, segment);
    last_text_ = now;
  }
  void on_repetition(std::uint32_t window, std::uint32_t segment) {  // the sender may be out of step
    grant(window, segment);
    interactive_ = false;
  }
  // tcp_event_data_sent(): an answer within the time for which an ACK would be delayed.
  void on_text_sent(Time now, Duration delay) {
    if (last_text_ && now - *last_text_ < delay) interactive_ = true;
  }
  void demand(int acks) { left_ = std::max(left_, acks), interactive_ = false; }
  void on_ack_sent() { left_ = std::max(left_ - 1, 0), small_ = 0; }  // one that was due

  // A segment that was not full is likely the end of what the peer had to say: whoever has read it shall not
  // keep the ACK back. tcp_measure_rcv_mss(), tcp_cleanup_rbuf().
  void on_small_text() { small_ = std::min(small_ + 1, 2); }
  bool due_when_read() const { return most_ > 0 && (small_ == 2 || (small_ == 1 && !interactive_)); }

 private:
  void grant(std::uint32_t window, std::uint32_t segment) {  // tcp_incr_quickack()
    const auto half_window = static_cast<int>(window / (2 * segment));
    left_ = std::max(left_, std::min(half_window > 0 ? half_window : 2, most_));
  }

  int most_;
  int left_ = 0;   // tcp_dec_quickack_mode()
  int small_ = 0;  // segments since the last ACK; two are as good as more
  bool interactive_ = false;
  std::optional<Time> last_text_{};
};

}  // namespace ringside::net
