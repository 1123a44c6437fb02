// The timers: RFC 6298 (time-out), RFC 8985 (RACK's reordering timer, and the probe of a tail). Linux
// tcp_timer.c, tcp_recovery.c, tcp_enter_loss(), tcp_send_loss_probe().
#include <algorithm>

#include "tcp/sender.hpp"

namespace ringside::net {

// RFC 8985 section 6.2 step 5. True: something may turn out to be lost in `wait`. What was sent later than
// what has arrived is not looked at; but for retransmissions that is all behind the first such.
bool Sender::rack_marks(Time now, Duration& wait) {
  const bool recovering = state_ >= LossState::recovery;
  const Duration window = rack_.reordering_window(rtt_.least(), rtt_.srtt(), queue_.sacked(), recovering);
  for (std::size_t i = queue_.find(snd_.una); i < queue_.size(); ++i) {
    const SentSegment& segment = queue_[i];
    if (segment.sacked || (segment.lost && !segment.again)) continue;
    if (!rack_.overtook(segment)) {
      if (segment.repeated) continue;
      break;
    }
    const Duration remaining = rack_.remaining(now, segment, window);
    if (remaining > Duration{0}) {
      wait = std::max(wait, remaining);
      continue;
    }
    queue_.mark_lost(i);
    resend_from_ = earlier_of(resend_from_, segment.begin);
  }
  return wait > Duration{0};
}

// RFC 6298 (5.4) to (5.6), RFC 5681 section 3.1: tcp_retransmit_timer(), tcp_enter_loss().
void Sender::on_timeout(Time now, int not_doubled) {
  ++counters_.timeouts;
  ++total_->timeouts;
  if (patience_.tries() == 1) {  // tcp_update_rto_stats()
    ++counters_.timeout_recoveries;
    timed_out_at_ = now;
  }
  if (syn_acknowledged_) suspect_black_hole(now);
  retransmit_first_ = true;
  packet_end_ = snd_.nxt;
  const bool new_recovery = state_ < LossState::recovery;
  const bool again = patience_.tries() > 1;
  if (syn_acknowledged_) {
    mark_all_lost(now);
    const bool first = !modern() || state_ <= LossState::disorder || snd_.una.at_or_after(high_seq_) ||
                       (state_ == LossState::loss && !again);
    if (first) {
      undo_.ssthresh = congestion_.settled_ssthresh();
      undo_.cwnd = congestion_.cwnd();
    }
    congestion_.time_out(in_flight() + 1, first);
    if (first) undo_.begin(snd_.una, queue_.again() + (probed_ && probe_repeated_ ? 1 : 0));
    if (state_ <= LossState::disorder && sacked() >= static_cast<std::uint32_t>(config_->reordering))
      rack_.trust_less(config_->reordering);
    congestion_.lost_all(sending());
    state_ = LossState::loss;
    high_seq_ = snd_.nxt;
    probed_.reset();
    reduction_untold_ = true;
    resend_ = config_->repair == LossRepair::timeout ? Resend::lost : Resend::nothing;
    // RFC 5682 section 3.1 step 1: not if a recovery was under way, whose retransmissions may arrive.
    forward_rto_ = config_->forward_rto && (new_recovery || again);
  }
  if (counters_.timeouts > static_cast<std::uint64_t>(not_doubled)) rtt_.back_off();
  timer_ = Retransmit{now + rtt_.rto()};
}

// tcp_timeout_mark_lost(): but for what was sent so lately that it may be on its way.
void Sender::mark_all_lost(Time now) {
  const bool reneged = !queue_.empty() && queue_.front().sacked;
  if (reneged) queue_.forget_sacks(), reported_.clear();
  if (!sack_) duplicates_ = 0;
  for (std::size_t i = 0; i < queue_.size(); ++i) {
    const bool lately =
        rack_.detects() && !reneged && i > 0 && rack_.remaining(now, queue_[i], Duration{0}) > Duration{0};
    if (!lately) queue_.mark_lost(i);
  }
  resend_from_ = snd_.una;
}

void Sender::on_reordering_timer(Time now) {
  const std::uint32_t before = in_flight(), losses = queue_.losses();
  Duration wait{};
  rack_marks(now, wait);
  if (in_flight() != before) {
    if (state_ != LossState::recovery) {
      enter_recovery(false);
      if (!congestion_.models_path())
        congestion_.shrink(reduction_.window_after({.delivered = 1,
                                                    .in_flight = in_flight(),
                                                    .ssthresh = congestion_.ssthresh(),
                                                    .lost_more = queue_.losses() != losses}));
    }
    resend_ = Resend::lost;
  }
  rearm(now);
}

// RFC 8985 section 7.3: one probe at a time.
void Sender::on_loss_probe(Time now) {
  rearm(now);
  probe_tail_ = !probed_;
}

// RFC 8985 section 7.4.2: tcp_process_tlp_ack()
void Sender::on_probe_ack(const News& news) {
  if (snd_.una.before(*probed_)) return;
  if (!probe_repeated_ || news.probe_arrived_twice) {
    probed_.reset();
  } else if (snd_.una.after(*probed_)) {  // the probe has repaired a loss
    begin_reduction();
    state_ = LossState::reducing;
    end_reduction();
    keep_open();
  } else if (news.duplicate() && !news.advanced && !news.sacked) {
    probed_.reset();  // both have arrived
  }
}

// RFC 8985 section 7.2: tcp_schedule_loss_probe(). `advancing`: an ACK has just come, so that the time-out
// begins anew.
bool Sender::schedule_probe(Time now, bool advancing) {
  // Not before the handshake of a fast open is done.
  const bool calm = state_ == LossState::open || state_ == LossState::reducing;
  if (!config_->loss_probe || !sack_ || !established_ || !syn_acknowledged_ || queue_.empty() || !calm)
    return false;
  Duration wait = config_->initial_rto;
  if (rtt_.measured()) wait = 2 * rtt_.srtt() + (queue_.size() == 1 ? options_->min_rto : Duration{2ms});
  const Time at = now + wait;
  const Time rto_at = advancing ? now + rtt_.rto() : queue_.front().sent + rtt_.rto();
  timer_ = LossProbe{(rto_at > now ? std::min(at, rto_at) : at) + pace_.delay(now)};
  return true;
}

Time Sender::oldest_expires(Time now) const {
  return std::max(queue_.front().sent + rtt_.rto(), now + Duration{1us});
}

// tcp_rearm_rto()
void Sender::rearm(Time now) {
  if (queue_.empty()) {
    timer_ = {};
    return;
  }
  const bool another =
      std::holds_alternative<Reordering>(timer_) || std::holds_alternative<LossProbe>(timer_);
  timer_ = Retransmit{(another ? oldest_expires(now) : now + rtt_.rto()) + pace_.delay(now)};
}

// tcp_non_congestion_loss_retransmit()
void Sender::lose_without_congestion() {
  resend_from_ = snd_.una;
  resend_ = Resend::lost;
  if (state_ == LossState::loss) return;
  high_seq_ = snd_.nxt;
  congestion_.hold_ssthresh();
  undo_.ssthresh.reset();
  undo_.end();
  congestion_.lost_all(sending());
  state_ = LossState::loss;
}

}  // namespace ringside::net
