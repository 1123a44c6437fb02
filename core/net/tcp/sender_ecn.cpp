// What the peer says of marks in the network: RFC 3168 section 6.1.2.
#include "tcp/sender.hpp"

namespace ringside::net {

// As to a loss, once in a round trip, and nothing that could be taken back: Linux tcp_enter_cwr().
void Sender::on_congestion_echo() {
  if (reducing() || state_ == LossState::loss) return;
  undo_.end();
  begin_reduction(CongestionSign::mark);
  state_ = LossState::reducing;
}

}  // namespace ringside::net
