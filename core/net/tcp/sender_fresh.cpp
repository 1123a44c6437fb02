// New octets: how much of them, and when. A packet of many segments, which a lower layer divides, is planned
// as a whole when its first segment leaves; Linux tcp_write_xmit().
#include <algorithm>

#include "tcp/sender.hpp"

namespace ringside::net {
namespace {

constexpr std::uint32_t most_octets_in_packet = 65536;  // Linux sk_gso_max_size

}  // namespace

std::uint32_t Sender::in_flight() const {
  const auto packets = static_cast<std::uint32_t>(queue_.size());
  const std::uint32_t all = packets - std::min(packets, sacked() + queue_.lost()) + queue_.again();
  // A SYN-ACK that text may follow before it is acknowledged is its request's, and takes no room in the window:
  // tcp_fastopen_create_child().
  const bool aside = established_ && !syn_acknowledged_ && !queue_.empty() && queue_.front().syn;
  if (!aside) return all;
  const SentSegment& syn_ack = queue_.front();
  return all - std::min(all, (syn_ack.lost ? 0u : 1u) + (syn_ack.again ? 1u : 0u));
}

// tcp_cwnd_test(): at most half of it at once, so that there are two packets under way.
std::uint32_t Sender::window_room() const {
  const std::uint32_t cwnd = congestion_.cwnd(), used = in_flight();
  if (used >= cwnd) return 0;
  return std::min(cwnd - used, std::max(cwnd / 2, 1u));
}

Sender::Choice Sender::choose_new(Time now) const {
  if (snd_.nxt == end()) return {.held = Held::nothing_unsent};
  const std::uint32_t room = usable(snd_.nxt);
  const std::uint32_t all = octets_between(snd_.nxt, text_end_);
  const std::uint32_t unsent = records_.within(snd_.nxt, all);
  const bool goes_on = in_packet() && room > 0;

  Chunk fresh{.seq = snd_.nxt, .text = std::min({unsent, mss_, room}), .joined = goes_on};
  const bool last = fresh.text == all;
  fresh.fin = finished_ && last && room > fresh.text;
  if (probe_now_ || goes_on) {
    if (goes_on) fresh.text = std::min(fresh.text, octets_between(snd_.nxt, packet_end_));
    fresh.psh = fresh.text > 0 && (goes_on ? fresh.seq + fresh.text == packet_end_ : last);
    // RFC 9293 section 3.8.6.1 probes with an octet beyond the window. Linux (tcp_xmit_probe_skb) and this
    // stack send an old sequence number without text, which is answered just the same and disturbs no
    // sequence variable.
    if (fresh.length() == 0) return {Chunk{.seq = snd_.una - 1, .probe = true}};
    return {fresh};
  }
  if (const auto probe = choose_mtu_probe()) return *probe;
  if (const Held reason = reason_to_wait(now, unsent, room); reason != Held::no) return {.held = reason};
  fresh.packet = unsent > 0 ? packet_octets(unsent, room) : 0;
  if (fresh.packet <= mss_) fresh.psh = fresh.text > 0 && pushes(fresh.seq + fresh.text);
  return {fresh};
}

// The end of what was written; or so much that the peer should hand it on: Linux forced_push().
bool Sender::pushes(SeqNum end) const {
  return (end == text_end_ && small_.whole()) || records_.is_end(end) ||
         octets_between(pushed_, end) > snd_.max_wnd / 2;
}

Sender::Held Sender::reason_to_wait(Time now, std::uint32_t unsent, std::uint32_t usable) const {
  const bool fin = finished_ && usable > unsent;
  if (pace_.holds(now)) return Held::by_pace;
  // A bare FIN waits for no congestion window.
  if (unsent > 0 && window_room() == 0) return Held::by_congestion;
  const std::uint32_t first = std::min(unsent, mss_);
  if (first + (fin ? 1 : 0) == 0 || first > usable) return Held::by_window;
  const bool more = snd_.nxt + unsent != text_end_;  // the end of a record: tcp_write_xmit(), TCP_NAGLE_PUSH
  if (unsent <= mss_) return unsent < mss_ && !more ? reason_of_small(fin) : Held::no;
  return worth_waiting(now, unsent, usable) ? Held::by_congestion : Held::no;
}

Sender::Held Sender::reason_of_small(bool fin) const {
  if (fin || urgent_) return Held::no;  // tcp_nagle_test()
  switch (small_.wait(!queue_.empty())) {
    case SmallSegments::Wait::no: return Held::no;
    case SmallSegments::Wait::for_ack: return Held::by_nagle;
    case SmallSegments::Wait::for_text: return Held::by_cork;
  }
  return Held::no;
}

// tcp_update_pacing_rate(): twice the window in a round trip in slow start, 1.2 times later on.
void Sender::update_pace() {
  const bool slow_start = congestion_.cwnd() < congestion_.ssthresh() / 2;
  const auto percent = static_cast<std::uint64_t>(slow_start ? config_->slow_start_pace : config_->pace);
  const std::uint64_t segments = std::max<std::uint64_t>(congestion_.cwnd(), queue_.size());
  const std::int64_t eighths = rtt_.srtt() / (Duration{1us} / 8);  // Linux srtt_us
  pace_.set_rate(mss_ * segments * percent * 80'000 /
                 static_cast<std::uint64_t>(std::max<std::int64_t>(eighths, 1)));
}

// hystart_ack_delay(): four packets of the largest size, at most 1 ms.
Duration Sender::burst() const {
  const std::uint64_t microseconds =
      4 * 1'000'000ull * most_octets_in_packet / std::max<std::uint64_t>(pace_.rate(), 1);
  return std::min<std::uint64_t>(microseconds, 1000) * Duration{1us};
}

// tcp_tso_autosize(): what leaves in a millisecond, more if the path is short.
std::uint32_t Sender::most_segments_in_packet() const {
  if (!config_->large_packets) return 1;
  const std::uint32_t least = congestion_.models_path() ? least_packet_of_bbr(pace_.rate())
                                                        : static_cast<std::uint32_t>(config_->least_packet);
  std::uint64_t octets = pace_.rate() >> 10;
  const auto steps = static_cast<std::uint64_t>(rtt_.least() / Duration{512us});  // tcp_tso_rtt_log
  if (steps < 32) octets += most_octets_in_packet >> steps;
  const auto most = static_cast<std::uint32_t>(std::min<std::uint64_t>(octets, most_octets_in_packet));
  return std::max(most / mss_, least);
}

// tcp_mss_split_point(): whole segments, and the rest if Nagle's algorithm lets it go.
std::uint32_t Sender::packet_octets(std::uint32_t unsent, std::uint32_t usable) const {
  if (urgent_) return std::min({unsent, usable, mss_});  // tcp_urg_mode()
  const std::uint32_t most = mss_ * std::min(std::max(window_room(), 1u), most_segments_in_packet());
  const std::uint32_t possible = std::min(unsent, usable);
  if (most <= possible) return most;
  // RFC 9293 section 3.8.6.2.1 has what is left of the window as silly; Linux fills it.
  const bool silly = possible < unsent && options_->nagle == Nagle::all;
  const bool rest_goes = possible < mss_ || (!silly && reason_of_small(finished_) == Held::no);
  return rest_goes ? possible : possible - possible % mss_;
}

// tcp_tso_should_defer(): the next ACK will come soon, and let a larger packet go.
bool Sender::worth_waiting(Time now, std::uint32_t unsent, std::uint32_t usable) const {
  const auto part_of_window = static_cast<std::uint32_t>(config_->window_divisor);
  if (!config_->large_packets || state_ >= LossState::recovery || now - pace_.next() > Duration{1ms})
    return false;
  const std::uint32_t window = (congestion_.cwnd() - in_flight()) * mss_;
  const std::uint32_t limit = std::min(usable, window);
  const std::uint32_t largest = most_segments_in_packet() * mss_;
  if (limit >= largest || unsent <= limit) return false;
  const std::uint32_t whole = std::min(snd_.wnd, congestion_.cwnd() * mss_);
  const std::uint32_t enough = part_of_window > 0 ? whole / part_of_window : 3 * mss_ + 1;
  if (limit >= enough || queue_.empty()) return false;
  return now - queue_.front().sent >= rtt_.srtt() / 2;
}

void Sender::note_usage(Time now, bool limited) {
  const auto packets = static_cast<std::uint32_t>(queue_.size());
  usage_.sent(snd_.una, snd_.nxt, packets, limited);
  if (usage_.may_grow(congestion_.cwnd(), congestion_.slow_start())) return usage_.full(now);
  usage_.used(packets);
  const bool lasts = !config_->slow_start_after_idle || congestion_.models_path();
  if (lasts || now - usage_.since() < rtt_.rto()) return;
  const std::uint32_t used = usage_.take_used();
  if (state_ == LossState::open) congestion_.unused(used);
  usage_.full(now);
}

// tcp_slow_start_after_idle_check()
void Sender::begin_anew(Time now) {
  if (snd_.nxt == end() || !config_->slow_start_after_idle || congestion_.models_path()) return;
  const Duration idle = now - last_sent_;
  if (idle <= rtt_.rto()) return;
  congestion_.restart(idle, rtt_.rto());
  usage_.full(now);
}

}  // namespace ringside::net
