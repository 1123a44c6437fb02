// What an acknowledgement or a time-out says about what is in flight: RFC 5681, 6298, 6582 and 6675.
#include <algorithm>

#include "tcp/sender.hpp"

namespace ringside::net {

std::uint32_t Sender::on_ack(const Ack& ack) {
  const bool window_changed = update_window(ack.seq, ack.ack, ack.wnd);
  const bool duplicate =
      ack.ack == snd_.una && flight() > 0 && ack.bare && !window_changed;  // RFC 5681 section 2
  const std::uint32_t acked = octets_between(snd_.una, ack.ack);
  const bool limited = snd_.una.before(limited_until_);
  if (std::holds_alternative<Persist>(timer_)) patience_.alive();  // RFC 9293 section 3.8.6.1

  if (acked > 0) advance(ack);
  const std::uint32_t newly_sacked = take_sacks(ack);
  if (acked > 0) {
    progress(ack, acked, limited);
  } else if (sack_ ? newly_sacked > 0
                   : duplicate) {  // RFC 6675 section 2 counts ACKs that report something new
    ++dup_acks_;
  }
  small_.on_ack(snd_.una);
  detect_loss();
  // A window that was never more than a crumb is open with its first octet; a closed one never is.
  const std::uint32_t worth_sending = std::max(std::min(mss_, snd_.max_wnd / 2), 1u);
  if (std::holds_alternative<Persist>(timer_) && snd_.wnd >= worth_sending) {
    timer_ = {};
    patience_.answered();
  }
  return acked;
}

void Sender::advance(const Ack& ack) {
  const std::uint32_t text =
      octets_between(text_begin(), later_of(text_begin(), earlier_of(ack.ack, text_end_)));
  text_.consume(text);
  counters_.octets_acked += text;
  measure(ack);
  snd_.una = ack.ack;
  records_.acknowledged(snd_.una);
  syn_acknowledged_ = true;  // the first octet of all
  scoreboard_.acknowledge(snd_.una);
  // Marks of the past follow, or they would lie in the future again 2^31 octets later.
  if (recovery_point_.before(snd_.una)) recovery_point_ = snd_.una - 1;
  limited_until_ = later_of(limited_until_, snd_.una);
  patience_.answered();
  if (flight() == 0) {
    timer_ = {};  // RFC 6298 (5.2)
  } else {
    timer_ = Retransmit{ack.now + rtt_.rto()};  // RFC 6298 (5.3)
  }
}

// One segment per round trip is timed, to the picosecond. Where Karn's algorithm leaves none, the echoed
// timestamp tells which transmission was acknowledged, to the millisecond.
void Sender::measure(const Ack& ack) {
  if (timed_ && timed_->end.at_or_before(ack.ack)) {
    rtt_.sample(ack.now - timed_->sent);
    timed_.reset();
  } else if (!timed_ && ack.timestamp_rtt && (recovery_ != Recovery::none || rtt_.backed_off())) {
    // The echo of an earlier transmission than the last: the ACK of that one was lost, and this one answers a
    // duplicate. What lies between is a wait and no round trip; but octets were acknowledged, so the path
    // carries.
    const bool answers_the_last = ack.now - *ack.timestamp_rtt + timestamp_granularity >= last_resent_;
    answers_the_last ? rtt_.sample(*ack.timestamp_rtt) : rtt_.forget_back_off();
  }
}

std::uint32_t Sender::take_sacks(const Ack& ack) {
  std::uint32_t fresh = 0;
  if (!sack_) return fresh;
  for (const wire::SackBlock& block : ack.sack) {  // RFC 2883: blocks before una are reports of duplicates
    const bool plausible = block.begin.at_or_after(snd_.una) && block.begin.before(block.end) &&
                           block.end.at_or_before(snd_.nxt);
    if (plausible) fresh += scoreboard_.sack({block.begin, block.end});
  }
  return fresh;
}

void Sender::progress(const Ack& ack, std::uint32_t acked, bool limited) {
  const bool complete = recovery_ != Recovery::none && snd_.una.at_or_after(recovery_point_);
  // RFC 5681 section 3.2: no growth in fast recovery. RFC 9438 section 4.2 and RFC 7661: none beyond what is
  // used.
  if (recovery_ == Recovery::timeout || (recovery_ == Recovery::none && limited)) {
    congestion_.on_ack({.now = ack.now, .octets = acked, .srtt = rtt_.srtt()});
  }
  if (complete || recovery_ == Recovery::none) {
    leave_recovery();
  } else if (recovery_ == Recovery::fast && !sack_) {
    partial_ack(acked);
  }
}

// RFC 6582 section 3.2 step 3: the next hole is sent at once, and the window is deflated by what was
// acknowledged less the one segment that left the network; here the duplicate ACKs shrink the pipe instead of
// growing the window.
void Sender::partial_ack(std::uint32_t acked) {
  dup_acks_ -= std::min(dup_acks_, acked / mss_);
  ++dup_acks_;
  retransmit_now_ = true;
}

void Sender::leave_recovery() {
  dup_acks_ = 0;
  if (recovery_ == Recovery::none) return;
  recovery_ = Recovery::none;
  retransmit_now_ = false;
  rescued_.reset();
  scoreboard_.recovered();
}

// RFC 6675 section 5, RFC 5681 section 3.2: three duplicates, or as many octets SACKed, mean a loss.
void Sender::detect_loss() {
  if (recovery_ != Recovery::none || flight() == 0) return;
  const bool lost = dup_acks_ >= 3 || (sack_ && scoreboard_.lost_edge(mss_) != snd_.una);
  // RFC 6582 section 3.2 step 2: duplicates that the recovery before left behind do not start another.
  const bool old_news = sack_ ? snd_.una.before(recovery_point_) : snd_.una.at_or_before(recovery_point_);
  if (!lost || old_news) return;
  ++counters_.fast_retransmits;
  ++total_->fast_retransmits;
  recovery_ = Recovery::fast;
  recovery_point_ = snd_.nxt;
  retransmit_now_ = true;
  congestion_.on_loss(flight());
}

// RFC 6298 (5.4) to (5.6), RFC 5681 section 3.1.
void Sender::on_timeout(Time now) {
  ++counters_.timeouts;
  ++total_->timeouts;
  rtt_.back_off();
  timed_.reset();
  retransmit_now_ = true;
  timer_ = Retransmit{now + rtt_.rto()};
  if (!syn_acknowledged()) return;
  if (scoreboard_.reneged()) scoreboard_.forget_sacks();
  congestion_.on_timeout(flight(), patience_.tries() > 1);
  recovery_ = Recovery::timeout;
  recovery_point_ = snd_.nxt;
  dup_acks_ = 0;
  rescued_.reset();
  scoreboard_.lose_all(snd_.nxt);
}

void Sender::reduce_mss(std::uint32_t mss) {
  mss_ = mss;
  congestion_.set_mss(mss);
  if (flight() == 0) return;
  // As Linux tcp_simple_retransmit: what is in flight is lost to the path's limit, not to congestion.
  recovery_ = Recovery::timeout;
  recovery_point_ = snd_.nxt;
  retransmit_now_ = true;
  scoreboard_.lose_all(snd_.nxt);
}

LossState Sender::loss_state() const {
  switch (recovery_) {
    case Recovery::fast: return LossState::recovery;
    case Recovery::timeout: return LossState::loss;
    case Recovery::none: break;
  }
  return dup_acks_ > 0 ? LossState::disorder : LossState::open;
}

std::uint32_t Sender::pipe() const {
  if (sack_ || recovery_ == Recovery::timeout) return scoreboard_.pipe(snd_.nxt, mss_);
  return flight() -
         std::min(flight(), dup_acks_ * mss_);  // RFC 5681: a duplicate means that a segment has left
}

SeqNum Sender::lost_edge() const {
  if (sack_ || recovery_ == Recovery::timeout) return scoreboard_.lost_edge(mss_);
  return earlier_of(snd_.una + mss_, snd_.nxt);  // RFC 6582: one segment per partial acknowledgement
}

std::optional<Chunk> Sender::choose_lost() const {
  if (retransmit_now_) {
    const auto hole = scoreboard_.first_hole(snd_.nxt);
    return hole ? std::optional{repeat(*hole)} : std::nullopt;
  }
  if (recovery_ == Recovery::none) return std::nullopt;
  const auto hole = scoreboard_.hole_before(lost_edge());
  if (!hole) return std::nullopt;
  const Chunk again = repeat(*hole);
  return pipe() + again.length() <= congestion_.cwnd() ? std::optional{again} : std::nullopt;
}

// RFC 6675 NextSeg() rules 3 and 4: nothing new can be sent, so the window is used for what may be lost.
std::optional<Chunk> Sender::choose_doubtful() const {
  if (recovery_ != Recovery::fast || !sack_ || pipe() + mss_ > congestion_.cwnd()) return std::nullopt;
  if (scoreboard_.any_sacked()) {
    if (const auto hole = scoreboard_.hole_before(scoreboard_.highest_sacked())) return repeat(*hole);
  }
  const auto tail = scoreboard_.last_hole(snd_.nxt);
  if (!tail || (rescued_ && snd_.una.at_or_before(*rescued_))) return std::nullopt;
  Chunk rescue = repeat({tail->size() > mss_ ? tail->end - mss_ : tail->begin, tail->end});
  rescue.rescue = true;
  return rescue;
}

Chunk Sender::repeat(SeqRange hole) const {
  Chunk again{.seq = hole.begin,
              .text = std::min(octets_between(hole.begin, earlier_of(hole.end, text_end_)), mss_),
              .retransmission = true};
  again.text = records_.within(again.seq, again.text);
  const bool last = again.seq + again.text == text_end_;
  again.fin = finished_ && last && hole.end.after(text_end_);
  again.psh = (last && again.text > 0 && small_.whole()) || records_.is_end(again.seq + again.text);
  return again;
}

}  // namespace ringside::net
