#include "tcp/retransmit_queue.hpp"

namespace ringside::net {

std::size_t RetransmitQueue::find(SeqNum seq) const {
  std::size_t low = 0, high = size_;
  while (low < high) {
    const std::size_t middle = low + (high - low) / 2;
    if ((*this)[middle].end.after(seq)) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return low;
}

void RetransmitQueue::grow() {
  constexpr std::size_t first = 1;  // most connections that are idle have sent but a SYN
  std::vector<SentSegment> larger(ring_.empty() ? first : 2 * ring_.size());
  for (std::size_t i = 0; i < size_; ++i) larger[i] = at(i);
  ring_ = std::move(larger);
  head_ = 0;
}

void RetransmitQueue::push(const SentSegment& segment) {
  if (size_ == ring_.size()) grow();
  at(size_++) = segment;
}

SentSegment RetransmitQueue::pop() {
  const SentSegment first = front();
  ++head_;
  --size_;
  if (first.sacked) --sacked_;
  if (first.lost) --lost_;
  if (first.again) --again_;
  return first;
}

void RetransmitQueue::acknowledge_part(SeqNum una) {
  SentSegment& first = at(0);
  if (una.after(first.begin)) first.syn = false;
  first.begin = una;
}

void RetransmitQueue::divide(std::size_t i, SeqNum where) {
  push(SentSegment{back()});  // a copy: the ring may move
  for (std::size_t j = size_ - 1; j > i; --j) at(j) = at(j - 1);
  SentSegment &first = at(i), &second = at(i + 1);
  first.end = second.begin = where;
  first.fin = first.psh = false;
  second.syn = second.joined = false;
  if (second.sacked) ++sacked_;
  if (second.lost) ++lost_;
  if (second.again) ++again_;
}

void RetransmitQueue::unite(std::size_t i) {
  SentSegment& first = at(i);
  const SentSegment& second = at(i + 1);
  first.end = second.end;
  first.fin = second.fin;
  first.psh = first.psh || second.psh;
  first.repeated = first.repeated || second.repeated;
  if (second.lost) --lost_;
  if (second.again) --again_;
  for (std::size_t j = i + 1; j + 1 < size_; ++j) at(j) = at(j + 1);
  --size_;
}

void RetransmitQueue::separate(SeqNum where) {
  const std::size_t i = find(where);
  if (i < size_ && at(i).begin == where) at(i).joined = false;
}

void RetransmitQueue::resent(std::size_t i, Time now, const Departure& departure, bool counts) {
  SentSegment& segment = at(i);
  segment.sent = now;
  segment.departure = departure;
  segment.repeated = true;
  if (!counts || segment.again) return;
  segment.again = true;
  ++again_;
}

// Linux tcp_sacktag_one(): a retransmission of what does not count as lost is believed to be still under way.
void RetransmitQueue::mark_sacked(std::size_t i) {
  SentSegment& segment = at(i);
  if (segment.lost) {
    if (segment.again) --again_;
    segment.again = segment.lost = false;
    --lost_;
  }
  if (sacked_ == 0 || segment.end.after(highest_sacked_)) highest_sacked_ = segment.end;
  segment.sacked = true;
  ++sacked_;
}

// Linux tcp_mark_skb_lost(): what was lost already may be so a second time.
void RetransmitQueue::mark_lost(std::size_t i) {
  SentSegment& segment = at(i);
  if (segment.sacked || (segment.lost && !segment.again)) return;
  ++losses_;
  if (!segment.lost) {
    segment.lost = true;
    ++lost_;
  } else {
    segment.again = false;
    --again_;
  }
}

void RetransmitQueue::mark_arrived_twice(std::size_t i) {
  SentSegment& segment = at(i);
  if (!segment.again) return;
  segment.again = false;
  --again_;
}

void RetransmitQueue::forget_losses() {
  for (std::size_t i = 0; i < size_; ++i) at(i).lost = false;
  lost_ = 0;
}

void RetransmitQueue::forget_sacks() {
  for (std::size_t i = 0; i < size_; ++i) at(i).sacked = false;
  sacked_ = 0;
}

}  // namespace ringside::net
