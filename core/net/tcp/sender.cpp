// What may be sent now, and what follows from having sent it. Acknowledgements and loss: sender_recovery.cpp.
#include "tcp/sender.hpp"

#include <algorithm>

namespace ringside::net {

Sender::Sender(const TcpConfig& config, const TcpSocketOptions& options, Counters& total, SeqNum iss)
    : config_{&config},
      options_{&options},
      total_{&total},
      snd_{.iss = iss, .una = iss, .nxt = iss},
      text_end_{iss + 1},
      small_{options},
      congestion_{options.congestion},
      rtt_{config},
      recovery_point_{iss},
      limited_until_{iss},
      patience_{options} {
  scoreboard_.open(iss);
}

void Sender::establish(std::uint32_t mss, bool sack) {
  mss_ = mss;
  sack_ = sack;
  established_ = true;
  retransmit_now_ = false;  // of the SYN
  const bool handshake_lost = counters_.timeouts > 0;
  if (handshake_lost && !rtt_.measured()) rtt_.handshake_timed_out();
  // RFC 5681 section 3.1: one segment if the SYN or its answer was lost.
  const auto segments = handshake_lost ? 1u : static_cast<std::uint32_t>(config_->initial_window_segments);
  congestion_.open(mss, segments * mss);
}

void Sender::forgo_syn() {
  retransmit_now_ = false;
  --counters_.timeouts;
  --total_->timeouts;
}

std::size_t Sender::room() const {
  const auto used = static_cast<std::int64_t>(text_.size());
  return finished_ ? 0
                   : static_cast<std::size_t>(std::max<std::int64_t>(options_->send_buffer.count - used, 0));
}

std::size_t Sender::write(std::span<const std::uint8_t> octets, bool more) {
  const std::size_t taken = std::min(octets.size(), room());
  text_.append(octets.first(taken));
  text_end_ = text_end_ + static_cast<std::uint32_t>(taken);
  if (taken > 0) small_.written(more);
  return taken;
}

void Sender::first_window(SeqNum irs, std::uint32_t wnd) {
  snd_.wl1 = irs;
  snd_.wl2 = snd_.iss;
  snd_.wnd = snd_.max_wnd = wnd;
}

// RFC 9293 section 3.10.7.4: an old segment must not take back a newer window.
bool Sender::update_window(SeqNum seq, SeqNum ack, std::uint32_t wnd) {
  const bool newer = snd_.wl1.before(seq) || (snd_.wl1 == seq && snd_.wl2.at_or_before(ack));
  if (!newer) return false;
  const bool changed = snd_.wnd != wnd;
  snd_.wnd = wnd;
  snd_.max_wnd = std::max(snd_.max_wnd, wnd);
  snd_.wl1 = seq;
  snd_.wl2 = ack;
  return changed;
}

void Sender::copy_text(const Chunk& chunk, std::span<std::uint8_t> out) const {
  const std::size_t at = octets_between(text_begin(), chunk.seq);
  text_.copy(at, out);
  text_.prefetch(at + out.size(), out.size());
}

bool Sender::anything_to_do() const {
  return retransmit_now_ || probe_now_ || recovery_ != Recovery::none || snd_.nxt != end() || !syn_sent_;
}

// RFC 6675 section 5 and NextSeg(): what is lost, then what is new, then what might be lost.
Sender::Choice Sender::choose() const {
  if (!syn_acknowledged()) return choose_syn();
  if (!established_) return {.held = Held::nothing_unsent};
  if (const auto lost = choose_lost()) return {lost};
  const Choice fresh = choose_new();
  if (fresh.held != Held::nothing_unsent && fresh.held != Held::by_window) return fresh;
  if (const auto doubtful = choose_doubtful()) return {doubtful};
  return fresh;
}

Sender::Choice Sender::choose_syn() const {
  if (syn_sent_ && !retransmit_now_) return {.held = Held::by_window};
  return {Chunk{.seq = snd_.iss, .syn = true, .retransmission = syn_sent_}};
}

Sender::Choice Sender::choose_new() const {
  if (snd_.nxt == end()) return {.held = Held::nothing_unsent};
  const SeqNum edge = snd_.una + snd_.wnd;
  const std::uint32_t usable = snd_.nxt.before(edge) ? octets_between(snd_.nxt, edge) : 0;

  Chunk fresh{.seq = snd_.nxt, .text = std::min({octets_between(snd_.nxt, text_end_), mss_, usable})};
  fresh.text = records_.within(fresh.seq, fresh.text);
  const bool last = fresh.seq + fresh.text == text_end_;
  fresh.fin = finished_ && last && usable > fresh.text;
  fresh.psh = last && fresh.text > 0 && (small_.whole() || probe_now_);
  fresh.psh = fresh.psh || records_.is_end(fresh.seq + fresh.text);  // each write is pushed: tcp_push()
  if (probe_now_) {
    // RFC 9293 section 3.8.6.1 probes with an octet beyond the window. Linux (tcp_xmit_probe_skb) and this
    // stack send an old sequence number without text, which is answered just the same and disturbs no
    // sequence variable.
    if (fresh.length() == 0) return {Chunk{.seq = snd_.una - 1, .probe = true}};
    return {fresh};
  }
  if (const Held reason = reason_to_wait(fresh); reason != Held::no) return {.held = reason};
  return {fresh};
}

Sender::Held Sender::reason_to_wait(const Chunk& fresh) const {
  if (fresh.length() == 0) return Held::by_window;
  if (fresh.text < mss_) {
    const bool all = fresh.seq + fresh.text == text_end_;
    if (const Held small = reason_of_small(fresh); all && small != Held::no) return small;
    // RFC 9293 section 3.8.6.2.1: no silly segments; half the largest window seen is worth sending, though.
    const bool record = records_.is_end(fresh.seq + fresh.text);  // tcp_write_xmit(): as TCP_NAGLE_PUSH
    if (!all && !record && fresh.text < snd_.max_wnd / 2) return Held::by_window;
  }
  // RFC 3042: the octets that duplicate ACKs and SACKs report as gone are not in the pipe, so that the first
  // of them let new segments out. A bare FIN waits for no congestion window (Linux tcp_cwnd_test).
  if (fresh.text > 0 && pipe() + fresh.text > congestion_.cwnd()) return Held::by_congestion;
  return Held::no;
}

Sender::Held Sender::reason_of_small(const Chunk& fresh) const {
  if (fresh.fin) return Held::no;
  switch (small_.wait(flight() > 0)) {
    case SmallSegments::Wait::no: return Held::no;
    case SmallSegments::Wait::for_ack: return Held::by_nagle;
    case SmallSegments::Wait::for_text: return Held::by_cork;
  }
  return Held::no;
}

std::optional<Chunk> Sender::next(Time now) {
  const Choice choice = choose();
  if (choice.chunk) {
    sent(now, *choice.chunk);
  } else {
    held(now, choice.held);
  }
  return choice.chunk;
}

void Sender::sent(Time now, const Chunk& chunk) {
  probe_now_ = false;
  if (chunk.probe) return;
  counters_.octets_sent += chunk.text;
  if (chunk.text > 0) ++counters_.text_segments;
  chunk.retransmission ? sent_again(now, chunk) : sent_fresh(now, chunk);
  last_sent_ = now;
}

void Sender::sent_again(Time now, const Chunk& chunk) {
  ++counters_.retransmits;
  counters_.octets_resent += chunk.text;
  ++total_->retransmits;
  retransmit_now_ = false;
  timed_.reset();  // Karn's algorithm: RFC 6298 section 3
  last_resent_ = now;
  if (chunk.rescue) {
    rescued_ = recovery_point_;
  } else {
    scoreboard_.retransmitted(chunk.range());
  }
  if (chunk.seq == snd_.una) timer_ = Retransmit{now + rtt_.rto()};
}

void Sender::sent_fresh(Time now, const Chunk& chunk) {
  const Duration idle = now - last_sent_;
  if (established_ && flight() == 0 && idle > rtt_.rto()) congestion_.on_restart(now, idle);
  snd_.nxt = snd_.nxt + chunk.length();
  if (chunk.text > 0 && chunk.text < mss_) small_.sent(snd_.nxt);
  syn_sent_ = true;  // nothing leaves before it
  if (!timed_ && recovery_ == Recovery::none) timed_ = Timed{snd_.nxt, now};
  if (!std::holds_alternative<Retransmit>(timer_)) timer_ = Retransmit{now + rtt_.rto()};  // RFC 6298 (5.1)
}

void Sender::held(Time now, Held reason) {
  if (reason == Held::by_congestion) limited_until_ = snd_.nxt;
  // What is corked leaves when the window's timer expires, as a probe of one that is open: Linux
  // tcp_check_probe_timer(). With the shortest time-out that is 200 ms.
  const bool closed = (reason == Held::by_window || reason == Held::by_cork) && established_ && flight() == 0;
  if (closed && std::holds_alternative<std::monostate>(timer_)) timer_ = Persist{now + rtt_.scaled(0)};
}

Time Sender::deadline() const {
  if (const auto* retransmit = std::get_if<Retransmit>(&timer_)) return patience_.bounded(retransmit->at);
  if (const auto* persist = std::get_if<Persist>(&timer_)) return patience_.bounded(persist->at);
  return end_of_time;
}

Sender::Expiry Sender::on_deadline(Time now, int retries) {
  if (deadline() > now) return Expiry::nothing_due;
  if (patience_.over(now, retries, !syn_acknowledged_)) return Expiry::gave_up;
  patience_.tried(syn_acknowledged_ ? now : last_sent_);  // of a SYN the first counts
  if (auto* persist = std::get_if<Persist>(&timer_)) {
    probe_now_ = true;
    persist->at = now + rtt_.scaled(++persist->doublings);
  } else {
    on_timeout(now);
  }
  return Expiry::acted;
}

}  // namespace ringside::net
