// RFC 6675 section 4: Update(), IsLost(), SetPipe() and the search for NextSeg().
#include "tcp/scoreboard.hpp"

namespace ringside::net {

void Scoreboard::acknowledge(SeqNum una) {
  const SeqNum retransmitted_end = earlier_of(una, high_rxt_);
  if (retransmitted_end.after(una_)) {
    retransmitted_ -= octets_between(una_, retransmitted_end) - sacked_.erase_before(retransmitted_end);
  }
  sacked_.erase_before(una);
  una_ = una;
  high_rxt_ = later_of(high_rxt_, una);
}

std::uint32_t Scoreboard::sack(SeqRange range) {
  std::uint32_t fresh = 0;
  if (range.begin.before(high_rxt_)) {
    const SeqNum split = earlier_of(range.end, high_rxt_);
    fresh = sacked_.insert({range.begin, split});
    retransmitted_ -= fresh;
    range.begin = split;
  }
  return range.begin == range.end ? fresh : fresh + sacked_.insert(range);
}

void Scoreboard::retransmitted(SeqRange range) {
  if (!range.end.after(high_rxt_)) return;
  retransmitted_ += octets_between(later_of(range.begin, high_rxt_), range.end);
  high_rxt_ = range.end;
}

void Scoreboard::lose_all(SeqNum nxt) {
  recovered();
  all_lost_before_ = nxt;
}

void Scoreboard::recovered() {
  high_rxt_ = una_;
  retransmitted_ = 0;
  all_lost_before_.reset();
}

// From the top: as soon as DupThresh ranges, or more than DupThresh - 1 segments' octets, are SACKed, all
// before is lost.
Scoreboard::Loss Scoreboard::loss(std::uint32_t mss) const {
  std::uint32_t octets = 0;
  for (std::size_t i = sacked_.count(); i-- > 0;) {
    const SeqRange& range = sacked_[i];
    if (all_lost_before_ && range.begin.before(*all_lost_before_)) {
      const bool cut = range.end.after(*all_lost_before_);
      return {*all_lost_before_, cut ? octets + octets_between(*all_lost_before_, range.end) : octets};
    }
    octets += range.size();
    if (sacked_.count() - i >= dup_thresh || octets > (dup_thresh - 1) * mss) return {range.begin, octets};
  }
  return {all_lost_before_ ? later_of(*all_lost_before_, una_) : una_, octets};
}

std::uint32_t Scoreboard::pipe(SeqNum nxt, std::uint32_t mss) const {
  const Loss lost = loss(mss);
  return octets_between(lost.edge, nxt) - lost.sacked_behind + retransmitted_;
}

std::optional<SeqRange> Scoreboard::hole(SeqNum from, SeqNum limit) const {
  std::size_t next = sacked_.first_ending_after(from);
  if (next < sacked_.count() && sacked_[next].begin.at_or_before(from)) from = sacked_[next++].end;
  if (from.at_or_after(limit)) return std::nullopt;
  const bool ends_at_range = next < sacked_.count() && sacked_[next].begin.before(limit);
  return SeqRange{from, ends_at_range ? sacked_[next].begin : limit};
}

std::optional<SeqRange> Scoreboard::last_hole(SeqNum limit) const {
  const SeqNum from = any_sacked() ? highest_sacked() : una_;
  return from.before(limit) ? std::optional{SeqRange{from, limit}} : std::nullopt;
}

}  // namespace ringside::net
