// RFC 2861, RFC 7661: only a window that is used may grow, and one that is not used loses its meaning.
// Segments; Linux tcp_cwnd_validate() and tcp_is_cwnd_limited().
#pragma once

#include <algorithm>
#include <cstdint>
#include <utility>

#include "ringside/net/seqnum.hpp"
#include "ringside/units/time.hpp"

namespace ringside::net {

class WindowUsage {
 public:
  // After something was sent, or could not be since the window was full.
  void sent(SeqNum una, SeqNum nxt, std::uint32_t in_flight, bool limited) {
    const bool new_round = una.at_or_after(round_end_);
    if (!new_round && !limited && (limited_ || in_flight <= most_in_flight_)) return;
    limited_ = limited;
    most_in_flight_ = in_flight;
    round_end_ = nxt;
  }
  bool may_grow(std::uint32_t cwnd, bool slow_start) const {
    return limited_ || (slow_start && cwnd < 2 * most_in_flight_);
  }

  // tcp_cwnd_application_limited(): what was used of it meanwhile.
  void full(Time now) { used_ = 0, since_ = now; }
  void used(std::uint32_t in_flight) { used_ = std::max(used_, in_flight); }
  std::uint32_t take_used() { return std::exchange(used_, 0); }
  Time since() const { return since_; }
  void open(SeqNum nxt) { round_end_ = nxt; }
  void follow(SeqNum una) { round_end_ = later_of(round_end_, una); }

 private:
  bool limited_ = false;
  std::uint32_t most_in_flight_ = 0, used_ = 0;
  SeqNum round_end_{};  // cwnd_usage_seq
  Time since_{};        // snd_cwnd_stamp
};

}  // namespace ringside::net
