// Losses as they were repaired before RFC 6582: 4.2BSD, 4.3BSD-Tahoe, 4.3BSD-Reno (their tcp_input.c and
// tcp_timer.c). In place of what sender_recovery.cpp does.
#include "tcp/sender.hpp"

namespace ringside::net {

// An acknowledgement of anything new ends the doubt, even if other segments are lost as well.
void Sender::in_old_times(const News& news) {
  constexpr std::uint32_t enough = 3;  // tcprexmtthresh
  if (news.advanced) {
    duplicates_ = 0;
    first_repeat_.reset();
    state_ = queue_.lost() > 0 ? LossState::loss : LossState::open;
    if (state_ == LossState::open) end_timeouts(news.now);
  } else if (news.duplicate()) {
    const std::uint32_t before = duplicates_;
    count_duplicate();
    if (before < enough && duplicates_ == enough && config_->repair != LossRepair::timeout)
      retransmit_early();
    if (state_ == LossState::open) state_ = LossState::disorder;
  }
  if (state_ == LossState::loss) resend_ = Resend::lost;  // all of it: go-back-N
}

// Jacobson 1988 appendix; Jacobson 1990: fast recovery, where each duplicate stands for a segment that has
// left the network. Tahoe waits for the ACK of what it repeats and starts slowly.
void Sender::retransmit_early() {
  ++counters_.fast_retransmits;
  ++total_->fast_retransmits;
  high_seq_ = snd_.nxt;
  retransmit_first_ = true;
  if (!queue_.front().lost) queue_.mark_lost(0);
  if (config_->repair == LossRepair::fast_recovery) {
    congestion_.reduce(CongestionSign::loss);
    congestion_.settle();
    state_ = LossState::recovery;
  } else {
    congestion_.time_out(1, true);
    state_ = LossState::loss;
  }
}

}  // namespace ringside::net
