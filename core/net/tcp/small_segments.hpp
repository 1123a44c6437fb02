// Which segment that is not full waits, and for what: Nagle's algorithm (RFC 9293 section 3.7.4), Minshall's
// variant of it, and TCP_CORK and MSG_MORE, by which an application says that more follows.
#pragma once

#include <optional>

#include "ringside/net/seqnum.hpp"
#include "tcp/current_options.hpp"

namespace ringside::net {

class SmallSegments {
 public:
  enum class Wait : std::uint8_t { no, for_ack, for_text };

  explicit SmallSegments(CurrentOptions options) : options_{options} {}

  void written(bool more, bool in_flight) {
    more_ = more, whole_ = !more, pushed_ = false, burst_waits_ = in_flight;
  }
  // TCP_NODELAY pushes out what waits, even out of a cork: Linux TCP_NAGLE_PUSH.
  void push() { pushed_ = true, more_ = false; }
  void sent(SeqNum end) { outstanding_ = end; }  // one that was not full
  // Whatever the peer says makes Linux ask anew (tcp_data_snd_check()), and then MSG_MORE of the call before
  // is forgotten.
  void on_ack(SeqNum una, bool in_flight) {
    burst_waits_ = in_flight;
    if (outstanding_ && outstanding_->at_or_before(una)) outstanding_.reset();
    more_ = false;
  }

  Wait wait(bool in_flight) const;
  bool whole() const { return whole_; }  // the last write did not say that more follows

 private:
  CurrentOptions options_;
  std::optional<SeqNum> outstanding_{};  // Linux snd_sml: the end of the last small segment in flight
  bool more_ = false, whole_ = true, pushed_ = false;
  bool burst_waits_ = false;  // anything was in flight when something last let text leave
};

inline SmallSegments::Wait SmallSegments::wait(bool in_flight) const {
  if (pushed_) return Wait::no;
  if (options_->cork || more_) return Wait::for_text;
  switch (options_->nagle) {
    case Nagle::off: return Wait::no;
    case Nagle::all: return in_flight ? Wait::for_ack : Wait::no;
    case Nagle::burst: return burst_waits_ && in_flight ? Wait::for_ack : Wait::no;
    case Nagle::minshall: return outstanding_ ? Wait::for_ack : Wait::no;
  }
  return Wait::no;
}

}  // namespace ringside::net
