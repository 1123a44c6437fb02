// What the peer says of marks in the network: RFC 3168 section 6.1.2.
#include "tcp/sender.hpp"

namespace ringside::net {

// tcp_ack() of Linux, between what is acknowledged and what follows from it.
bool Sender::learn_marks(const Ack& ack, const News& news) const {
  return ack.ecn->on_ack(
      ack.said, {.segments = delivered_ - news.delivered_before,
                 .octets = news.delivered_octets,
                 .mss = mss_,
                 .octets_sent = counters_.octets_sent,
                 .forward = news.acked > 0 || news.sacked,
                 .counts_sure = sack_ || state_ == LossState::open || state_ == LossState::reducing});
}

// As to a loss, once in a round trip, and nothing that could be taken back: Linux tcp_enter_cwr().
void Sender::on_congestion_echo() {
  if (reducing() || state_ == LossState::loss) return;
  undo_.end();
  begin_reduction(CongestionSign::mark);
  state_ = LossState::reducing;
}

}  // namespace ringside::net
