// MSG_OOB and the mark in the stream (RFC 9293 section 3.8.5, RFC 6093 section 3): tcp_recv_urg() and
// tcp_inq() of net/ipv4/tcp.c.
#include "sockets/returned.hpp"
#include "sockets/stream_socket.hpp"

namespace ringside::net {

// It never sleeps.
Returned StreamSocket::recv_urgent(std::span<std::uint8_t> out, MessageFlags flags) {
  const auto mark = stack_->urgent(id_);
  if (options_.urgent_inline || !mark || mark->taken) return failed(Errno::einval);
  if (state() == TcpState::closed && !stack_->tcp_info(id_).fin_received) return failed(Errno::enotconn);
  if (!mark->here) return receive_shut() ? success : failed(Errno::eagain);
  const auto octet = stack_->urgent_octet(id_, !has(flags, MessageFlag::peek));
  if (out.empty()) return success;
  if (!has(flags, MessageFlag::truncate)) out[0] = *octet;
  return returned(1);
}

bool StreamSocket::at_mark() const {
  const auto mark = stack_->urgent(id_);
  return mark && mark->octets_before == 0;
}

// What can be read before the mark, and nothing at it.
std::size_t StreamSocket::unread() const {
  const std::size_t readable = stack_->readable(id_);
  return at_mark() && !options_.urgent_inline ? 0 : readable;
}

}  // namespace ringside::net
