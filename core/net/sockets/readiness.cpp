// poll(): tcp_poll() of net/ipv4/tcp.c and datagram_poll() of net/core/datagram.c.
#include "sockets/datagram_socket.hpp"
#include "sockets/stream_socket.hpp"

namespace ringside::net {
namespace {

std::uint32_t when(bool holds, std::uint32_t bits) { return holds ? bits : 0; }

}  // namespace

std::uint32_t StreamSocket::poll() const {
  const TcpState now = state();
  if (closing_until_) return when(!closing(), ready::hup);
  if (deferred_) return ready::out;
  if (now == TcpState::listen) return when(stack_->acceptable(id_) > 0, ready::in);
  const bool no_more_in = receive_shut(), no_more_out = send_shut();
  std::uint32_t bits = when((no_more_in && no_more_out) || now == TcpState::closed, ready::hup) |
                       when(no_more_in, ready::in | ready::rdhup) |
                       when(pending_error() != Errno::none, ready::err);
  const bool early = stack_->tcp_info(id_).opening_early;
  if (now == TcpState::syn_sent || (now == TcpState::syn_received && !early)) return bits;
  const auto urgent = stack_->urgent(id_);
  bits |= when(urgent && urgent->here, ready::pri) | when(stack_->readable(id_) > 0, ready::in);
  return bits | when(no_more_out || writable(), ready::out);
}

// sk_stream_is_writeable(): at least a third of the buffer is free. A socket that was never connected has all
// of it.
bool StreamSocket::writable() const {
  if (state() == TcpState::closed) return true;
  const auto free = static_cast<std::int64_t>(stack_->writable(id_));
  return free > 0 && 3 * free >= options_.send_buffer.count;
}

std::uint32_t DatagramSocket::poll() const {
  const bool queued = stack_->peek_from(id_, {}).has_value();
  const bool writable = 2 * stack_->sending(id_).count < options_.send_buffer.count;  // sock_writeable()
  return when(connected() && stack_->error(id_) != Error::none, ready::err) |
         when(shut_read_, ready::in | ready::rdhup) | when(shut_read_ && shut_write_, ready::hup) |
         when(queued, ready::in) | when(writable, ready::out);
}

}  // namespace ringside::net
