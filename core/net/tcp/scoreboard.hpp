// RFC 6675: what the peer has, what is lost, what was sent again. The cost of an ACK does not depend on the
// window: sums are kept up to date, and loss is judged from the highest few ranges.
#pragma once

#include <optional>

#include "containers/range_set.hpp"

namespace ringside::net {

class Scoreboard {
 public:
  void open(SeqNum una) { una_ = high_rxt_ = una; }

  void acknowledge(SeqNum una);        // the cumulative ACK advanced
  std::uint32_t sack(SeqRange range);  // within una .. nxt; returns the octets not reported before
  void retransmitted(SeqRange range);  // moves HighRxt to its end
  void lose_all(
      SeqNum nxt);   // a time-out: everything sent and not SACKed counts as lost, HighRxt starts anew
  void recovered();  // the end of recovery: nothing counts as lost or retransmitted

  bool any_sacked() const { return !sacked_.empty(); }
  SeqNum highest_sacked() const { return sacked_.back().end; }
  // RFC 2018 section 8: a receiver that SACKs the first octet beyond its cumulative ACK has taken back what
  // it said.
  bool reneged() const { return any_sacked() && sacked_.front().begin == una_; }
  void forget_sacks() { sacked_.clear(), recovered(); }

  // RFC 6675 IsLost(): what lies before this edge and is not SACKed. una if nothing is lost.
  SeqNum lost_edge(std::uint32_t mss) const { return loss(mss).edge; }
  // RFC 6675 SetPipe(): octets that are in the network.
  std::uint32_t pipe(SeqNum nxt, std::uint32_t mss) const;
  // The first octets behind HighRxt and before `limit` that are not SACKed.
  std::optional<SeqRange> hole_before(SeqNum limit) const { return hole(later_of(high_rxt_, una_), limit); }
  std::optional<SeqRange> first_hole(SeqNum limit) const { return hole(una_, limit); }
  // The octets before `limit` behind the last SACKed ones, or nothing: RFC 6675 NextSeg() rule 4.
  std::optional<SeqRange> last_hole(SeqNum limit) const;

 private:
  static constexpr std::size_t dup_thresh = 3;  // RFC 6675 section 2

  struct Loss {
    SeqNum edge{};
    std::uint32_t sacked_behind = 0;
  };
  Loss loss(std::uint32_t mss) const;
  std::optional<SeqRange> hole(SeqNum from, SeqNum limit) const;

  RangeSet sacked_;
  SeqNum una_{}, high_rxt_{};
  std::uint32_t retransmitted_ = 0;  // octets of una .. HighRxt that are not SACKed
  std::optional<SeqNum> all_lost_before_{};
};

}  // namespace ringside::net
