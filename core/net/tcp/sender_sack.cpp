// What the peer has beyond the cumulative acknowledgement, and what it got twice: RFC 2018, RFC 2883. Linux
// tcp_sacktag_write_queue().
#include <algorithm>

#include "tcp/sender.hpp"

namespace ringside::net {

void Sender::take_sacks(const Ack& ack, News& news) {
  if (ack.sack.empty() || ack.ack.before(news.una_before - snd_.max_wnd)) return;
  const bool first_is_duplicate = take_duplicate_report(ack, news);
  for (std::size_t i = 0; i < ack.sack.size(); ++i) {
    const SeqRange block{ack.sack[i].begin, ack.sack[i].end};
    const bool sane = block.begin.before(block.end) && block.end.at_or_before(snd_.nxt);
    if (!sane || queue_.empty()) continue;
    if (i == 0 && first_is_duplicate) {
      tag_duplicates(block, news);
    } else if (block.begin.after(snd_.una)) {
      tag(block, news);
    }
  }
  // What was overtaken and never sent again has come all the same: the network puts out of order.
  if (state_ != LossState::loss || undo_.marker) note_reordering(news.lowest_overtaken);
}

// RFC 2883 section 4: the first block tells of a duplicate if it lies before the acknowledgement, or within
// the second. tcp_check_dsack(), tcp_dsack_seen()
bool Sender::take_duplicate_report(const Ack& ack, News& news) {
  const wire::SackBlock& first = ack.sack[0];
  const bool within_second = ack.sack.size() > 1 && first.end.at_or_before(ack.sack[1].end) &&
                             first.begin.at_or_after(ack.sack[1].begin);
  if (!first.begin.before(ack.ack) && !within_second) return false;
  const std::uint32_t octets = octets_between(first.begin, first.end);
  if (octets > snd_.max_wnd) return false;
  const std::uint32_t segments = std::max((octets + mss_ - 1) / mss_, 1u);
  if (octets <= mss_ && probed_ && *probed_ == first.end) news.probe_arrived_twice = true;
  spurious_ += segments;
  if (spurious_ > counters_.retransmits) return false;  // the network makes them
  if (!news.probe_arrived_twice) rack_.duplicate_seen();
  news.duplicate_reported = true;
  delivered_ += segments;
  if (first.end.at_or_before(news.una_before)) undo_.arrived_twice(first.end, segments);
  return true;
}

// Only what was not reported before is looked at.
void Sender::tag(SeqRange block, News& news) {
  SeqNum from = block.begin;
  while (from.before(block.end)) {
    const std::size_t i = reported_.first_ending_after(from);
    const bool known = i < reported_.count() && reported_[i].begin.before(block.end);
    const SeqNum to = known ? later_of(reported_[i].begin, from) : block.end;
    for (std::size_t j = queue_.find(from);
         from.before(to) && j < queue_.size() && queue_[j].begin.before(to); ++j) {
      const bool whole = queue_[j].begin.at_or_after(block.begin) && queue_[j].end.at_or_before(block.end);
      if (whole && !queue_[j].sacked) tag_one(j, news);
    }
    from = known ? later_of(reported_[i].end, to) : block.end;
  }
  // A peer may report octets that are no segments, as many as there are: those are not worth remembering.
  if (reported_.count() <= queue_.size() || reported_.touches(block)) reported_.insert(block);
  queue_.separate(block.begin);
  queue_.separate(block.end);
}

void Sender::tag_one(std::size_t i, News& news) {
  const SentSegment segment = queue_[i];
  rack_.arrived(news.now, segment, rtt_.least());
  if (!segment.again && !segment.repeated) {
    if (segment.begin.before(highest_sacked()))
      news.lowest_overtaken = earlier_of(news.lowest_overtaken, segment.begin);
    if (segment.end.at_or_before(high_seq_)) news.original_arrived = true;
    if (!news.first_sacked_sent) news.first_sacked_sent = segment.sent;
    news.last_sacked_sent = segment.sent;
  }
  rate_.arrived(segment, news.rate);
  queue_.mark_sacked(i);
  ++delivered_;
  news.delivered_octets += octets_between(segment.begin, segment.end);
  news.sacked = true;
}

void Sender::tag_duplicates(SeqRange block, News& news) {
  for (std::size_t i = queue_.find(block.begin); i < queue_.size() && queue_[i].begin.before(block.end);
       ++i) {
    const SentSegment segment = queue_[i];
    if (segment.end.after(block.end) || segment.begin.before(block.begin)) continue;
    if (segment.again || segment.repeated) undo_.arrived_twice(segment.end, 1);
    if (!segment.sacked) tag_one(i, news);
    queue_.mark_arrived_twice(i);
  }
}

// tcp_check_sack_reordering()
void Sender::note_reordering(SeqNum lowest) {
  const SeqNum highest = highest_sacked();
  if (!lowest.before(highest)) return;
  const std::uint32_t octets = octets_between(lowest, highest);
  rack_.reordered(static_cast<int>((octets + mss_ - 1) / mss_));
}

}  // namespace ringside::net
