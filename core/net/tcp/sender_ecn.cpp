// What the peer says of marks in the network: RFC 3168 section 6.1.2.
#include "tcp/sender.hpp"

namespace ringside::net {

// As to a loss, once in a round trip: Linux tcp_enter_cwr().
void Sender::on_congestion_echo() {
  if (recovery_ != Recovery::none || reducing()) return;
  congestion_.on_loss(flight());
  reduced_until_ = snd_.nxt;
  reduction_untold_ = true;
}

// Until something is acknowledged that was sent after it: tcp_fastretrans_alert(), TCP_CA_CWR.
bool Sender::reducing() const { return reduced_until_ && snd_.una.at_or_before(*reduced_until_); }

}  // namespace ringside::net
