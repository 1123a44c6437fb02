// The mark in the stream, and the octet at it: RFC 9293 section 3.8.5, RFC 6093 section 3.
#include "tcp/receiver.hpp"

namespace ringside::net {

// tcp_check_urg(): never back, and never to what has arrived.
void Receiver::on_urgent(SeqNum seq, std::uint16_t pointer) {
  const SeqNum at = seq + (pointer > 0 ? pointer - 1u : 0u);
  if (at.before(front()) || at.before(rcv_.nxt)) return;
  if (urgent_.marked() && at.at_or_before(urgent_.mark())) return;
  // The octet of the mark before stays out of the stream, if the reader is about to come upon it.
  if (skips_mark()) drop(1);
  urgent_.announce(at);
}

// tcp_urg().
bool Receiver::pick_urgent(SeqNum seq, wire::ByteView text) {
  if (!urgent_.awaited()) return false;
  const std::uint32_t place = octets_between(seq, urgent_.mark());
  if (place >= text.size()) return false;
  urgent_.arrive(text[place]);
  return true;
}

bool Receiver::skips_mark() const { return at_mark() && !options_->urgent_inline && readable_.size() > 0; }

// tcp_recvmsg_locked().
std::size_t Receiver::available() const {
  if (skips_mark()) return readable_.size() - 1;
  const bool ahead = urgent_.marked() && urgent_.mark().after(front()) && urgent_.mark().before(rcv_.nxt);
  return ahead ? octets_before_mark() : readable_.size();
}

void Receiver::peek(std::span<std::uint8_t> out) const { readable_.copy(skips_mark() ? 1 : 0, out); }

}  // namespace ringside::net
