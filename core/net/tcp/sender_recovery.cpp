// Whether something is lost, and what the window does then: Linux tcp_fastretrans_alert().
#include "tcp/sender.hpp"

namespace ringside::net {

void Sender::on_doubt(News& news) {
  if (!modern()) return in_old_times(news);
  if (news.congested) undo_.ssthresh.reset();
  // RFC 2018 section 8, tcp_check_sack_reneging(): the time-out will tell, soon.
  if (news.reneged && news.advanced) {
    timer_ = Retransmit{news.now + std::max(rtt_.srtt() / 2, Duration{10ms})};
    news.set_timer = false;
    return;
  }
  if (!leave_states(news)) return;
  switch (state_) {
    case LossState::recovery: return in_recovery(news);
    case LossState::loss:
      in_loss(news);
      if (state_ != LossState::loss) end_timeouts(news.now);
      return;
    case LossState::open:
    case LossState::disorder:
    case LossState::reducing: return in_order(news);
  }
}

// What was in flight when the state was entered has been acknowledged. False: nothing more is to be done.
bool Sender::leave_states(const News& news) {
  if (state_ == LossState::open) {
    first_repeat_.reset();
    return true;
  }
  if (snd_.una.before(high_seq_)) return true;
  if (state_ == LossState::reducing && snd_.una != high_seq_) {
    end_reduction();
    state_ = LossState::open;
  } else if (state_ == LossState::recovery) {
    if (!sack_) duplicates_ = 0;
    if (undo_recovery(news)) return false;
    end_reduction();
  }
  return true;
}

void Sender::in_recovery(News& news) {
  bool tells = tells_of_loss(news);
  if (!news.advanced) {
    if (!sack_ && news.duplicate()) count_duplicate();
  } else if (undo_partial(news)) {
    return;
  } else if (state_ == LossState::recovery) {
    tells = sacked_far_ahead();
  }
  if (undo_by_duplicates()) keep_open();
  find_losses(news);
  if (state_ != LossState::recovery) {
    if (!time_to_recover()) return;
    enter_recovery(news.congested);
  }
  if (tells) count_losses(false);
  resend_ = Resend::lost;
}

// tcp_process_loss()
void Sender::in_loss(News& news) {
  const bool undone = news.advanced && undo_loss(news, false);
  if (!undone && !forward_recovery(news)) go_on_in_loss(news);
  find_losses(news);
  if (state_ == LossState::open || news.retransmission_lost) in_order(news);
}

// tcp_update_rto_time()
void Sender::end_timeouts(Time now) {
  if (timed_out_at_) counters_.timeout_time += now - *timed_out_at_;
  timed_out_at_.reset();
}

// RFC 5682 section 3.1, in the version for SACK: had anything been lost at all? True: something new is sent
// to find out (step 2.b), or it is known.
bool Sender::forward_recovery(const News& news) {
  if (!forward_rto_) return false;
  if (news.original_arrived && undo_loss(news, true)) return true;
  if (snd_.nxt.after(high_seq_)) {
    if (news.sacked || news.duplicate()) forward_rto_ = false;  // step 3.a
    return false;
  }
  if (!news.advanced || snd_.una.at_or_after(high_seq_)) return false;
  high_seq_ = snd_.nxt;
  forward_rto_ = snd_.nxt != end() && usable(snd_.nxt) > 0;
  if (forward_rto_) resend_ = Resend::fresh_first;
  return forward_rto_;
}

void Sender::go_on_in_loss(const News& news) {
  if (snd_.una.at_or_after(high_seq_)) {
    undo_recovery(news);
    return;
  }
  if (!sack_) {
    if (snd_.nxt.after(high_seq_) && news.duplicate()) {
      count_duplicate();
    } else if (news.advanced) {
      duplicates_ = 0;
    }
  }
  resend_ = Resend::lost;
}

void Sender::in_order(News& news) {
  const bool tells = tells_of_loss(news);
  if (!sack_) {
    if (news.advanced) duplicates_ = 0;
    if (news.duplicate()) count_duplicate();
  }
  if (state_ <= LossState::disorder) undo_by_duplicates();
  find_losses(news);
  if (!time_to_recover()) {
    if (!any_repeated()) first_repeat_.reset();
    if (news.congested) on_congestion_echo();
    if (state_ != LossState::reducing) keep_open();
    return;
  }
  if (mtu_probe_failed()) return;
  enter_recovery(news.congested);
  if (tells) count_losses(true);
  resend_ = Resend::lost;
}

// tcp_identify_packet_loss(): RACK, or as many duplicates as the threshold says where there is no SACK: RFC
// 6582 section 3.2.
void Sender::find_losses(News& news) {
  if (queue_.empty()) return;
  if (!sack_) {
    const bool enough = duplicates_ >= static_cast<std::uint32_t>(rack_.reordering());
    const bool partial = state_ == LossState::recovery && news.advanced;
    if ((state_ < LossState::recovery && enough) || partial) {
      if (!queue_.front().lost) queue_.mark_lost(0);
      resend_from_ = snd_.una;
    }
    return;
  }
  if (!rack_.detects() || !rack_.take_advanced()) return;
  const std::uint32_t under_way = queue_.again();
  Duration wait{};
  if (rack_marks(news.now, wait)) news.set_timer = false;
  if (wait > Duration{0}) timer_ = Reordering{news.now + wait + Duration{2ms}};
  if (queue_.again() < under_way) news.retransmission_lost = true;
}

// tcp_time_to_recover(): a loss is known; or RFC 6675 section 5 step 2, where time does not tell.
bool Sender::time_to_recover() const {
  return queue_.lost() > 0 ||
         (!rack_.detects() && sacked() >= static_cast<std::uint32_t>(rack_.reordering()));
}

// tcp_force_fast_retransmit()
bool Sender::sacked_far_ahead() const {
  return highest_sacked().after(snd_.una + static_cast<std::uint32_t>(rack_.reordering()) * mss_);
}

// do_lost of tcp_fastretrans_alert()
bool Sender::tells_of_loss(const News& news) const {
  return (news.duplicate() && !news.duplicate_reported) || (news.sacked && sacked_far_ahead());
}

// RFC 6675 section 4, IsLost(): as many SACKed segments lie behind it as the threshold says. At least the
// first is lost when a recovery begins. tcp_update_scoreboard(), tcp_mark_head_lost()
void Sender::count_losses(bool recovery_begins) {
  if (rack_.detects() || !sack_ || queue_.empty()) return;
  const auto threshold = static_cast<std::uint32_t>(rack_.reordering());
  const std::uint32_t total = queue_.sacked();
  if (total < threshold && !recovery_begins) return;
  const std::uint32_t most_before = total < threshold ? 0 : total - threshold;
  std::uint32_t before = 0;
  for (std::size_t i = queue_.find(snd_.una); i < queue_.size() && before <= most_before; ++i) {
    const SentSegment& segment = queue_[i];
    if (segment.sacked) {
      ++before;
    } else if (!segment.lost) {
      queue_.mark_lost(i);
      resend_from_ = earlier_of(resend_from_, segment.begin);
    }
    if (total < threshold) return;
  }
}

// RFC 5681 section 3.2: tcp_enter_recovery()
void Sender::enter_recovery(bool congested) {
  if (!any_repeated()) first_repeat_.reset();
  undo_.ssthresh.reset();
  undo_.begin(snd_.una, queue_.again() + (probed_ && probe_repeated_ ? 1 : 0));
  if (reducing()) {
    congestion_.lost_while_reducing();
  } else {
    if (!congested) undo_.ssthresh = congestion_.settled_ssthresh();
    begin_reduction();
  }
  state_ = LossState::recovery;
  ++counters_.fast_retransmits;
  ++total_->fast_retransmits;
}

// tcp_init_cwnd_reduction()
void Sender::begin_reduction(CongestionSign sign) {
  high_seq_ = snd_.nxt;
  probed_.reset();
  undo_.cwnd = congestion_.cwnd();
  reduction_untold_ = true;
  reduction_.begin(congestion_.cwnd());
  congestion_.reduce(sign);
}

// tcp_end_cwnd_reduction()
void Sender::end_reduction() {
  if (state_ == LossState::reducing || undo_.marker) congestion_.settle();
}

// tcp_try_keep_open()
void Sender::keep_open() {
  const bool out_of_order = sacked() + queue_.lost() > 0 || any_repeated();
  const LossState wanted = out_of_order ? LossState::disorder : LossState::open;
  if (state_ == wanted) return;
  state_ = wanted;
  high_seq_ = snd_.nxt;
}

// Without SACK a duplicate ACK says that some segment has arrived: tcp_add_reno_sack().
void Sender::count_duplicate() {
  const std::uint32_t before = duplicates_++;
  limit_duplicates(0);
  if (duplicates_ > before) ++delivered_;
}

// tcp_remove_reno_sacks(): one of the acknowledged segments was the hole, the others had been told of.
void Sender::uncount_duplicates(std::uint32_t acked) {
  delivered_ += acked > duplicates_ ? std::max(acked - duplicates_, 1u) : 1u;
  duplicates_ -= std::min(duplicates_, acked - 1);
  limit_duplicates(acked);
}

// More duplicates than segments: they are of reordering. tcp_check_reno_reordering()
void Sender::limit_duplicates(std::uint32_t beyond) {
  const auto packets = static_cast<std::uint32_t>(queue_.size());
  const std::uint32_t holes = std::min(std::max(queue_.lost(), 1u), packets);
  if (duplicates_ + holes <= packets) return;
  duplicates_ = packets - holes;
  rack_.reordered(static_cast<int>(packets + beyond));
}

}  // namespace ringside::net
