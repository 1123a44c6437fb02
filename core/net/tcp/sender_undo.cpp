// What seemed lost was only late: the window is what it was. RFC 3522, RFC 3708, RFC 4015.
#include "tcp/sender.hpp"

namespace ringside::net {

// The peer answers what was sent before the first retransmission, or there was none. tcp_packet_delayed()
bool Sender::was_only_late(const News& news) const {
  return !first_repeat_ || (news.echoed && *news.echoed < *first_repeat_);
}

bool Sender::may_undo(const News& news) const {
  return undo_.marker && (undo_.all_arrived_twice() || was_only_late(news));
}

// tcp_undo_cwnd_reduction()
void Sender::undo(bool nothing_lost) {
  if (nothing_lost) queue_.forget_losses();
  congestion_.undo(undo_.cwnd, undo_.ssthresh, sending());
  if (undo_.ssthresh) reduction_untold_ = false;  // tcp_ecn_withdraw_cwr()
  undo_.end();
  rack_.look_again();
}

// tcp_try_undo_dsack(): every retransmission came a second time.
bool Sender::undo_by_duplicates() {
  if (!undo_.all_arrived_twice()) return false;
  rack_.undone_by_duplicates();
  undo(false);
  return true;
}

// tcp_try_undo_partial(): the hole was filled by the original.
bool Sender::undo_partial(const News& news) {
  if (!undo_.marker || !was_only_late(news)) return false;
  note_reordering(news.una_before);
  if (queue_.again() > 0) return true;  // what was sent again is still to come: only new octets go
  if (!any_repeated()) first_repeat_.reset();
  undo(true);
  keep_open();
  return false;
}

bool Sender::undo_recovery(const News& news) {
  if (may_undo(news)) {
    undo(false);
  } else {
    rack_.recovered();
  }
  if (reopening_hindered()) return true;
  state_ = LossState::open;
  return false;
}

bool Sender::undo_loss(const News& news, bool by_forward_rto) {
  if (!by_forward_rto && !may_undo(news)) return false;
  undo(true);
  patience_.answered();
  if (reopening_hindered()) return true;
  if (by_forward_rto || sack_) state_ = LossState::open;
  return true;
}

// RFC 6582 section 3.2: without SACK, duplicates that the recovery left behind must not begin another.
// Something beyond it must be acknowledged first. tcp_is_non_sack_preventing_reopen()
bool Sender::reopening_hindered() {
  if (sack_ || snd_.una != high_seq_) return false;
  if (!any_repeated()) first_repeat_.reset();
  return true;
}

}  // namespace ringside::net
