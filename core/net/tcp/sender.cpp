// What may be sent now, and what follows from having sent it.
#include "tcp/sender.hpp"

#include <algorithm>
#include <utility>

namespace ringside::net {

Sender::Sender(const TcpConfig& config, CurrentOptions options, Counters& total, SeqNum iss)
    : config_{&config},
      options_{options},
      total_{&total},
      snd_{.iss = iss, .una = iss, .nxt = iss},
      text_end_{iss + 1},
      probe_end_{iss},
      small_{options},
      congestion_{options->congestion, config.slow_start_exit},
      rtt_{config, options},
      rack_{config.rack, options->reordering},
      mtu_search_{config},
      high_seq_{iss},
      resend_from_{iss},
      pace_{options->max_pacing_rate},
      patience_{options} {
  if (config.fair_queue) pace_.need();
}

namespace {

// RFC 5681 section 3.1, where no number of segments is set.
std::uint32_t initial_window(std::uint32_t mss) { return mss > 2190 ? 2 : mss > 1095 ? 3 : 4; }

}  // namespace

void Sender::establish(Time now, std::uint32_t mss, bool sack) {
  agreed_mss_ = mss;
  bound_mss();
  sack_ = sack;
  established_ = true;
  retransmit_first_ = false;  // of the SYN
  if (syn_acknowledged() && !rtt_.measured()) rtt_.handshake_timed_out();
  // RFC 5681 section 3.1 asks for one segment if the SYN or its answer was lost; RFC 6298, whose time-out is
  // a third of what it was, makes Linux (tcp_init_transfer()) wait for the second loss.
  const auto set = static_cast<std::uint32_t>(config_->initial_window_segments);  // RFC 6928 section 2
  const std::uint32_t segments = set > 0 ? set : initial_window(mss_);
  congestion_.open(counters_.timeouts > 1 ? 1 : segments);
  usage_.open(snd_.nxt);
  congestion_.acknowledged({.una = snd_.una, .nxt = snd_.nxt, .delivered = delivered_});
  begin_model(now);
  if (!congestion_.models_path()) update_pace();
  packet_end_ = pushed_ = snd_.nxt;
}

void Sender::search_mtu(Time now, const MtuSearch::Way& way, bool from_now_on) {
  mtu_search_.begin(now, way);
  if (from_now_on) bound_mss();
}

void Sender::use(Time now, CongestionControl algorithm) {
  congestion_.use(algorithm);
  if (established_) begin_model(now);
}

void Sender::begin_model(Time now) {
  if (!congestion_.models_path()) return;
  pace_.need();
  congestion_.begin(now, sending(), snd_.iss.raw());
}

Sending Sender::sending() {
  return {.mss = mss_,
          .delivered = delivered_,
          .losses = queue_.losses(),
          .in_flight = in_flight(),
          .state = state_,
          .srtt = rtt_.srtt(),
          .least_rtt = rtt_.least(),
          .rate = rate_,
          .pace = pace_};
}

// Linux tcp_sync_mss(). Two segments fit into the largest window, but for tiny ones: tcp_bound_to_half_wnd().
void Sender::bound_mss() {
  constexpr std::uint32_t tiny = 536, least = 48;
  if (!config_->halves_windows) return bounded_mss_ = agreed_mss_, reserve(reserved_);
  const std::uint32_t bound = snd_.max_wnd > tiny ? snd_.max_wnd / 2 : snd_.max_wnd;
  std::uint32_t most = bound > 0 ? std::min(agreed_mss_, std::max(bound, least)) : agreed_mss_;
  if (mtu_search_.on()) most = std::min(most, mtu_search_.passing());
  bounded_mss_ = most;
  reserve(reserved_);
}

void Sender::reserve(std::uint32_t octets) {  // Linux tcp_current_mss()
  reserved_ = octets;
  mss_ = bounded_mss_ > octets ? bounded_mss_ - octets : 1;
}

Bytes Sender::threshold() const {
  const std::uint32_t segments = congestion_.ssthresh();
  return {segments == CongestionWindow::unlimited ? std::int64_t{segments} : std::int64_t{segments} * mss_};
}

std::size_t Sender::room() const {
  const auto used = static_cast<std::int64_t>(text_.size());
  return finished_ ? 0
                   : static_cast<std::size_t>(std::max<std::int64_t>(options_->send_buffer.count - used, 0));
}

std::size_t Sender::write(std::span<const std::uint8_t> octets, bool more) {
  const std::size_t taken = std::min(octets.size(), room());
  if (taken < octets.size()) note_shortage();
  const bool nothing_unsent = octets_between(snd_.nxt, text_end_) < mss_ && queue_.lost() <= queue_.again();
  if (established_ && nothing_unsent && in_flight() < congestion_.cwnd())
    rate_.limit_until(delivered_ + in_flight());
  text_.append(octets.first(taken));
  text_end_ = text_end_ + static_cast<std::uint32_t>(taken);
  if (taken > 0) small_.written(more, !queue_.empty());
  return taken;
}

void Sender::first_window(SeqNum irs, std::uint32_t wnd) {
  snd_.wl1 = irs;
  snd_.wnd = snd_.max_wnd = wnd;
}

// RFC 9293 section 3.10.7.4: an old segment must not take back a newer window. An acknowledgement that is no
// news must not take any of it back (Linux tcp_may_update_window()), but for all of it.
bool Sender::update_window(SeqNum seq, SeqNum ack, std::uint32_t wnd) {
  const bool newer =
      ack.after(snd_.una) || snd_.wl1.before(seq) || (snd_.wl1 == seq && (wnd > snd_.wnd || wnd == 0));
  if (!newer) return false;
  snd_.wnd = wnd;
  snd_.wl1 = seq;
  if (wnd > snd_.max_wnd) {
    snd_.max_wnd = wnd;
    if (established_) bound_mss();
  }
  return true;
}

void Sender::copy_text(const Chunk& chunk, std::span<std::uint8_t> out) const {
  const std::size_t at = octets_between(text_begin(), chunk.seq + (chunk.syn ? 1 : 0));
  text_.copy(at, out);
  text_.prefetch(at + out.size(), out.size());
}

bool Sender::anything_to_do() const {
  return retransmit_first_ || probe_now_ || probe_tail_ || queue_.lost() > queue_.again() ||
         snd_.nxt != end() || !syn_sent_;
}

// What is lost, then what is new; after a time-out that may have been none the other way round (RFC 5682).
Sender::Choice Sender::choose(Time now) const {
  if (!syn_acknowledged()) {  // RFC 7413 section 4.2: the server may answer before the handshake is done
    const Choice syn = choose_syn();
    if (syn.chunk || !established_) return syn;
  }
  if (!established_) return {.held = Held::nothing_unsent};
  if (probe_tail_) return {choose_probe(now)};
  if (resend_ != Resend::fresh_first) {
    if (const auto again = choose_again(now)) return {again};
    return choose_new(now);
  }
  const Choice fresh = choose_new(now);
  if (fresh.chunk || snd_.nxt.after(high_seq_)) return fresh;
  return {choose_again(now), fresh.held};
}

// It is sent again by its timer, or when the path has said that it was too long. The text that it had lies
// beyond the window until the peer has named one: __tcp_retransmit_skb().
Sender::Choice Sender::choose_syn() const {
  const bool lost = !queue_.empty() && queue_.front().lost && !queue_.front().again;
  if (syn_sent_ && !retransmit_first_ && !lost) return {.held = Held::by_window};
  return {
      Chunk{.seq = snd_.iss, .text = syn_sent_ ? 0 : syn_text_, .syn = true, .retransmission = syn_sent_}};
}

std::optional<Chunk> Sender::next(Time now) {
  if (established_ && queue_.empty()) begin_anew(now);
  if (established_ && snd_.nxt != end()) spent_.begin(now, Limit::network);
  if (established_) mtu_search_.repeat(now, mss_);
  const Choice choice = choose(now);
  if (choice.chunk && established_ && config_->queue_refuses)
    return refused(now, *choice.chunk), std::nullopt;
  if (choice.chunk) {
    sent(now, *choice.chunk);
  } else {
    held(now, choice.held);
  }
  return choice.chunk;
}

void Sender::sent(Time now, const Chunk& chunk) {
  probe_now_ = false;
  if (chunk.probe) return probe_end_ = later_of(probe_end_, chunk.end()), void();
  counters_.octets_sent += chunk.text;
  if (chunk.text > 0) ++counters_.text_segments;
  if (established_ && in_flight() == 0) congestion_.transmission_starts(now, now - last_sent_, sending());
  pace(now, chunk);
  chunk.retransmission ? sent_again(now, chunk) : sent_fresh(now, chunk);
  last_sent_ = now;
  if (!std::exchange(probe_tail_, false)) return;
  probed_ = snd_.nxt;
  probe_repeated_ = chunk.retransmission;
  timer_ = Retransmit{now + rtt_.rto() + pace_.delay(now)};
}

// A packet that a lower layer divides takes its time as a whole.
void Sender::pace(Time now, const Chunk& chunk) {
  if (chunk.joined && !chunk.retransmission) return;
  const std::uint32_t octets = std::max(chunk.text, chunk.packet);
  const std::uint32_t beyond_the_first = octets > mss_ ? (octets - 1) / mss_ : 0;
  pace_.sent(
      now, {.octets = octets, .segments = counters_.text_segments + beyond_the_first, .part = chunk.joined});
}

// The PSH of a packet of several segments is of that packet alone; of text with a SYN: tcp_send_syn_data().
void Sender::sent_fresh(Time now, const Chunk& chunk) {
  const bool first = queue_.empty();
  queue_.push({.begin = chunk.seq,
               .end = chunk.end(),
               .sent = now,
               .departure = rate_.departs(now, first, delivered_),
               .syn = chunk.syn,
               .fin = chunk.fin,
               .psh = chunk.syn ? chunk.text > 0 : chunk.psh && pushes(chunk.seq + chunk.text),
               .joined = chunk.joined});
  if (chunk.syn && chunk.text > 0)
    queue_.divide(0, chunk.seq + 1);  // each may be acknowledged without the other
  snd_.nxt = chunk.end();
  if (!chunk.joined) packet_end_ = later_of(snd_.nxt, chunk.seq + chunk.packet);
  if (chunk.psh) pushed_ = snd_.nxt;
  if (chunk.text > 0 && chunk.text < mss_) small_.sent(snd_.nxt);
  syn_sent_ = true;                                                    // nothing leaves before it
  if (first || std::holds_alternative<LossProbe>(timer_)) rearm(now);  // RFC 6298 (5.1)
  if (!established_) return;
  if (chunk.mtu_probe) mtu_probe_sent(chunk);
  if (reducing()) reduction_.sent();
  note_usage(now, in_flight() >= congestion_.cwnd());
  note_limit(now);
  if (!probe_tail_) schedule_probe(now, false);
}

// tcp_write_xmit(), tcp_cwnd_validate(): something could leave; and if it was all there was, the window would
// let more go and there was no room to write it, the buffer is too small.
void Sender::note_limit(Time now) {
  spent_.end(now, Limit::peer_window);
  const bool starved = snd_.nxt == end() && short_of_room_;
  if (starved && !usage_.may_grow(congestion_.cwnd(), congestion_.slow_start()))
    spent_.begin(now, Limit::send_buffer);
}

void Sender::held(Time now, Held reason) {
  probe_tail_ = false;
  const bool something_waits = snd_.nxt != end() || queue_.lost() > queue_.again();
  if (pace_.holds(now) && something_waits) pace_timer_ = pace_.next();
  if (reason == Held::by_pace) {
    spent_.end(now, Limit::peer_window);
    if (in_flight() >= congestion_.cwnd()) note_usage(now, true);
  }
  if (reason == Held::by_congestion) note_usage(now, true);
  if (reason == Held::by_window) spent_.begin(now, Limit::peer_window);
  // What is corked leaves when the window's timer expires, as a probe of one that is open: Linux
  // tcp_check_probe_timer(). With the shortest time-out that is 200 ms.
  const bool closed =
      (reason == Held::by_window || reason == Held::by_cork) && established_ && queue_.empty();
  if (closed && std::holds_alternative<std::monostate>(timer_))
    timer_ = Persist{now + persist_wait(0) + pace_.delay(now)};
}

// RFC 9293 section 3.8.6.1: as the time-out. FreeBSD tcp_setpersist() takes about two of them, within limits.
Duration Sender::persist_wait(int doublings) const {
  if (config_->least_persist == Duration{0}) return rtt_.scaled(doublings);
  const Duration most = config_->max_rto;
  Duration wait = rtt_.measured() ? 4 * std::min(rtt_.srtt(), most) + 8 * std::min(rtt_.rttvar(), most)
                                  : 2 * config_->initial_rto;
  for (; doublings > 0 && wait < config_->most_persist; --doublings) wait *= 2;
  return std::clamp(wait + config_->rto_slop, config_->least_persist, config_->most_persist);
}

// The queue below has not taken it: a sign of congestion, and it has not left. A timer tries again, which has
// no reason to wait longer each time. tcp_transmit_skb(), tcp_send_probe0(), tcp_retransmit_timer()
void Sender::refused(Time now, const Chunk& chunk) {
  constexpr Duration again = 500ms;  // TCP_RESOURCE_PROBE_INTERVAL
  on_congestion_echo();              // tcp_enter_cwr()
  auto* const persist = std::get_if<Persist>(&timer_);
  if (persist && std::exchange(probe_now_, false)) {
    --persist->doublings;
    persist->at = now + again;
  } else if (std::exchange(retransmit_first_, false)) {
    rtt_.take_back();
    timer_ = Retransmit{now + again};
  } else if (queue_.empty() && std::holds_alternative<std::monostate>(timer_)) {
    timer_ = Persist{now + rtt_.scaled(0)};  // tcp_check_probe_timer()
  }
  probe_tail_ = false;
  if (chunk.retransmission) resend_ = Resend::nothing;
}

Time Sender::deadline() const {
  struct Visitor {
    const Patience& patience;
    Time operator()(std::monostate) const { return end_of_time; }
    Time operator()(const Reordering& timer) const { return timer.at; }
    Time operator()(const LossProbe& timer) const { return timer.at; }
    Time operator()(const Retransmit& timer) const { return patience.bounded(timer.at); }
    Time operator()(const Persist& timer) const { return patience.bounded(timer.at); }
  };
  return std::min(pace_timer_, std::visit(Visitor{patience_}, timer_));
}

// tcp_tsq_write(): what is lost goes before what is new.
void Sender::on_pace() {
  pace_timer_ = end_of_time;
  if (queue_.lost() > queue_.again() && in_flight() < congestion_.cwnd()) resend_ = Resend::lost;
}

// tcp_model_timeout(): how long so many tries take that are doubled.
Duration Sender::span_of(int retries) const {
  Duration span{}, wait = config_->initial_rto;
  for (int i = 0; i <= retries; ++i, wait = std::min(2 * wait, options_->max_rto)) span += wait;
  return span;
}

Sender::Expiry Sender::on_deadline(Time now, Tries tries) {
  if (pace_timer_ <= now) on_pace();
  if (deadline() > now) return Expiry::nothing_due;
  if (std::holds_alternative<Reordering>(timer_)) return on_reordering_timer(now), Expiry::acted;
  if (std::holds_alternative<LossProbe>(timer_)) return on_loss_probe(now), Expiry::acted;
  const Duration longest = tries.not_doubled > 0 ? span_of(tries.most) : Duration::max();
  if (patience_.over(now, tries.most + tries.not_doubled, !syn_acknowledged_, longest))
    return Expiry::gave_up;
  patience_.tried(syn_acknowledged_ ? now : last_sent_);  // of a SYN the first counts
  if (auto* persist = std::get_if<Persist>(&timer_)) {
    probe_now_ = true;  // RFC 9293 section 3.8.6.1
    persist->at = now + persist_wait(++persist->doublings);
  } else {
    on_timeout(now, tries.not_doubled);
  }
  return Expiry::acted;
}

}  // namespace ringside::net
