// What is sent again, and in what pieces: Linux tcp_xmit_retransmit_queue(), __tcp_retransmit_skb().
#include <algorithm>
#include <utility>

#include "tcp/sender.hpp"

namespace ringside::net {

std::optional<Chunk> Sender::choose_again(Time now) const {
  if (retransmit_first_ && !queue_.empty()) return repeat(0);
  if (resend_ == Resend::nothing || queue_.again() >= queue_.lost()) return std::nullopt;
  if (in_flight() >= congestion_.cwnd()) return std::nullopt;
  for (std::size_t i = queue_.find(resend_from_); i < queue_.size(); ++i) {
    const SentSegment& segment = queue_[i];
    if (!segment.lost || segment.again || segment.sacked) continue;
    // The peer has taken its window back; the first one serves as a probe of it.
    if (i > 0 && usable(segment.begin) == 0) return std::nullopt;
    const Chunk again = repeat(i);
    const bool in_packet = again.joined && last_sent_ == now;
    return pace_.holds(now) && !in_packet ? std::nullopt : std::optional{again};
  }
  return std::nullopt;
}

// RFC 8985 section 7.3: something new if the window allows it, else the last segment.
std::optional<Chunk> Sender::choose_probe(Time now) const {
  const std::uint32_t unsent = records_.within(snd_.nxt, octets_between(snd_.nxt, text_end_));
  const std::uint32_t room = usable(snd_.nxt);
  const std::uint32_t fitting = std::min(unsent, mss_);
  if (snd_.nxt != end() && fitting <= room && room > 0) {
    if (pace_.holds(now)) return std::nullopt;
    Chunk fresh{.seq = snd_.nxt, .text = fitting, .packet = fitting};
    fresh.fin = finished_ && fresh.seq + fitting == text_end_ && room > fitting;
    fresh.psh = fitting > 0 && pushes(fresh.seq + fitting);
    if (fresh.length() > 0) return fresh;
  }
  return queue_.empty() ? std::nullopt : std::optional{repeat(queue_.size() - 1)};
}

// One segment, cut to what may be sent now, or joined by small ones that follow.
Chunk Sender::repeat(std::size_t i) const {
  const SentSegment& segment = queue_[i];
  const std::uint32_t room = usable(segment.begin);
  const std::uint32_t most = room > 0 ? std::min(mss_, room) : mss_;
  Chunk again{.seq = segment.begin, .text = segment.text(), .syn = segment.syn, .retransmission = true};
  if (again.text > most) {
    again.text = most;
  } else {
    const SentSegment& last = queue_[last_follower(i, most)];
    again.fin = last.fin;
    again.psh = last.psh && !goes_on(i);
    again.text = octets_between(segment.begin, last.end) - (segment.syn ? 1 : 0) - (last.fin ? 1 : 0);
  }
  again.joined =
      segment.joined && run_ > 0 && run_ < most_segments_in_packet() && resent_to_ == segment.begin;
  if (again.joined && !goes_on(i)) again.psh = true;  // the end of a packet of several
  return again;
}

// tcp_retrans_try_collapse(): of small segments, each a packet of its own, as many as fit into one.
std::size_t Sender::last_follower(std::size_t i, std::uint32_t most) const {
  const auto alone = [&](std::size_t j) {
    return !queue_[j].joined && !queue_[j].syn && (j + 1 >= queue_.size() || !queue_[j + 1].joined);
  };
  std::uint32_t text = queue_[i].text();
  std::size_t last = i;
  while (alone(last) && last + 1 < queue_.size() && alone(last + 1) && !queue_[last + 1].sacked &&
         !records_.is_end(queue_[last].end)) {
    text += queue_[last + 1].text();
    if (text > most) break;
    ++last;
  }
  return last;
}

// Will the segment behind it leave in the same packet?
bool Sender::goes_on(std::size_t i) const {
  if (retransmit_first_ || i + 1 >= queue_.size()) return false;
  const SentSegment& next = queue_[i + 1];
  const bool lost = next.lost && !next.again && !next.sacked;
  return next.joined && lost && in_flight() + 1 < congestion_.cwnd() && run_ + 1 < most_segments_in_packet();
}

void Sender::sent_again(Time now, const Chunk& chunk) {
  ++counters_.retransmits;
  counters_.octets_resent += chunk.text;
  ++total_->retransmits;
  mtu_search_.inconclusive();
  const bool for_timeout = std::exchange(retransmit_first_, false);
  const std::size_t i = queue_.find(chunk.seq);
  while (queue_[i].end.before(chunk.end())) queue_.unite(i);
  if (queue_[i].end.after(chunk.end())) queue_.divide(i, chunk.end());
  if (!chunk.joined) queue_.separate(chunk.seq);
  run_ = chunk.joined ? run_ + 1 : 1;
  resent_to_ = chunk.end();
  queue_.resent(i, now, rate_.departs(now, false, delivered_), !probe_tail_);
  if (probe_tail_) return;
  resend_from_ = chunk.end();  // nothing before it waits any more
  undo_.resent();
  if (!first_repeat_) first_repeat_ = in_milliseconds(now);
  if (reducing()) reduction_.sent();
  if (resend_ == Resend::fresh_first && !for_timeout) {  // nothing new could be sent: RFC 5682 ends
    forward_rto_ = false;
    resend_ = Resend::lost;
  }
  if (i == 0 && !std::holds_alternative<Reordering>(timer_))
    timer_ = Retransmit{now + rtt_.rto() + pace_.delay(now)};
}

}  // namespace ringside::net
