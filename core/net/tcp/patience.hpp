// How long a sender goes on without an answer: so many times (R2 of RFC 9293 section 3.8.3), or for so long
// (TCP_USER_TIMEOUT, as Linux retransmits_timed_out() and tcp_probe_timer() have it).
#pragma once

#include <algorithm>
#include <optional>

#include "tcp/current_options.hpp"

namespace ringside::net {

class Patience {
 public:
  explicit Patience(CurrentOptions options) : options_{options} {}

  int tries() const { return tries_; }  // that were not answered
  void tried(Time since) {
    ++tries_;
    if (!since_) since_ = since;
  }
  void answered() { tries_ = 0, since_.reset(); }
  void alive() { tries_ = 0; }  // the peer answers, and keeps its window closed: its time goes on

  bool limited() const { return options_->user_timeout > Duration{0}; }
  // While a connection opens, both count; `longest` is for which then it does so at most.
  bool over(Time now, int most, bool opening, Duration longest) const {
    const bool too_long = limited() && since_ && now >= limit();
    const bool outlasted = opening && since_ && now - *since_ >= longest;
    return too_long || outlasted || (tries_ == most && (opening || !limited()));
  }
  // The next try, or the end of patience: Linux tcp_clamp_rto_to_user_timeout().
  Time bounded(Time next) const { return limited() && since_ ? std::min(next, limit()) : next; }

 private:
  Time limit() const { return *since_ + options_->user_timeout; }

  CurrentOptions options_;
  int tries_ = 0;
  std::optional<Time> since_{};  // the first try
};

}  // namespace ringside::net
