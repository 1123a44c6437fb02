// send(), recv() and how much waits: net/ipv4/tcp.c.
#include <algorithm>

#include "sockets/returned.hpp"
#include "sockets/stream_socket.hpp"

namespace ringside::net {

bool StreamSocket::receive_shut() const {
  return shut_read_ || dead() || stack_->tcp_info(id_).fin_received;  // tcp_fin(), tcp_done()
}

bool StreamSocket::send_shut() const { return shut_write_ || dead(); }

// What comes before the first octet is copied in tcp_sendmsg_locked(): sk_stream_wait_connect(), then the
// error, then whether the pipe is whole.
Returned StreamSocket::may_send(MessageFlags flags) {
  const TcpState now = state();
  if (has(flags, MessageFlag::fast_open)) return failed(Errno::eopnotsupp);
  const Errno error = take_error();
  if (error != Errno::none) return failed(error);
  if (now == TcpState::syn_sent || now == TcpState::syn_received) return failed(Errno::eagain);
  const bool open = now == TcpState::established || now == TcpState::close_wait;
  return open && !send_shut() ? success : failed(Errno::epipe);
}

// An address is ignored, as tcp_sendmsg() does.
Returned StreamSocket::send(Time now, std::span<const std::uint8_t> octets, std::optional<Endpoint>,
                            MessageFlags flags) {
  if (const Returned allowed = may_send(flags); allowed.error != Errno::none) return allowed;
  if (has(flags, MessageFlag::out_of_band)) return failed(Errno::eopnotsupp);  // the stack has no urgent data
  const bool may = may_queue(0);
  const std::size_t taken = may ? stack_->send(now, id_, octets, has(flags, MessageFlag::more)) : 0;
  if (taken < octets.size()) ++shortages_;
  return taken == 0 && !octets.empty() ? failed(Errno::eagain) : returned(taken);
}

// tcp_recvmsg_locked(), when the queue is empty. After a FIN an error is not asked for (SOCK_DONE).
Returned StreamSocket::nothing_to_read() {
  if (stack_->tcp_info(id_).fin_received) return success;
  const Errno error = take_error();
  if (error != Errno::none) return failed(error);
  if (receive_shut()) return success;
  return failed(state() == TcpState::closed ? Errno::enotconn : Errno::eagain);
}

Returned StreamSocket::recv(Time now, std::span<std::uint8_t> out, Endpoint*, MessageFlags flags) {
  if (state() == TcpState::listen) return failed(Errno::enotconn);
  if (has(flags, MessageFlag::out_of_band)) return failed(Errno::eopnotsupp);
  const std::size_t readable = stack_->readable(id_);
  if (readable == 0) return nothing_to_read();
  // sock_rcvlowat(). A window that is full brings nothing more: then it is as much as there can be.
  const auto low_water = static_cast<std::size_t>(shared_.low_water());
  const std::size_t wanted = has(flags, MessageFlag::wait_all) ? out.size() : std::min(low_water, out.size());
  const bool more_may_come =
      !receive_shut() && pending_error() == Errno::none && stack_->tcp_info(id_).receive_window > 0_B;
  if (!has(flags, MessageFlag::dont_wait) && readable < wanted && more_may_come) return failed(Errno::eagain);
  const std::size_t octets = std::min(readable, out.size());
  const bool copied = !has(flags, MessageFlag::truncate);
  if (has(flags, MessageFlag::peek)) return returned(copied ? stack_->peek(id_, out) : octets);
  return returned(copied ? stack_->recv(now, id_, out) : stack_->discard(now, id_, octets));
}

// tcp_ioctl().
Returned StreamSocket::amount(Sockets::Amount which) const {
  if (state() == TcpState::listen) return failed(Errno::einval);
  const TcpInfo info = stack_->tcp_info(id_);
  if (info.state <= TcpState::syn_received) return success;
  switch (which) {
    case Sockets::Amount::unread: return returned(stack_->readable(id_));
    case Sockets::Amount::unsent: return {info.unsent.count};
    case Sockets::Amount::unacknowledged: return {info.unacknowledged.count};
  }
  return success;
}

}  // namespace ringside::net
