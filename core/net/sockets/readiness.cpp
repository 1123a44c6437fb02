// poll(): tcp_poll() of net/ipv4/tcp.c and datagram_poll() of net/core/datagram.c. And what wakes those who
// wait.
#include "sockets/activity.hpp"
#include "sockets/datagram_socket.hpp"
#include "sockets/stream_socket.hpp"
#include "sockets/table.hpp"

namespace ringside::net {
namespace {

constexpr std::uint32_t readable = ready::in | ready::read_normal,
                        writeable = ready::out | ready::write_normal;

std::uint32_t when(bool holds, std::uint32_t bits) { return holds ? bits : 0; }

}  // namespace

std::uint32_t StreamSocket::poll() const {
  const TcpState now = state();
  if (closing_until_) return when(!closing(), ready::hup);
  if (deferred_) return ready::out;
  if (now == TcpState::listen) return when(stack_->acceptable(id_) > 0, readable);
  const bool no_more_in = receive_shut(), no_more_out = send_shut();
  std::uint32_t bits = when((no_more_in && no_more_out) || now == TcpState::closed, ready::hup) |
                       when(no_more_in, readable | ready::rdhup) |
                       when(pending_error() != Errno::none || reports_waiting(), ready::err);
  const bool early = stack_->tcp_info(id_).opening_early;
  if (now == TcpState::syn_sent || (now == TcpState::syn_received && !early)) return bits;
  const auto urgent = stack_->urgent(id_);
  bits |= when(urgent && urgent->here, ready::pri) | when(enough_to_read(), readable);
  return bits | when(no_more_out || writable(), writeable);
}

// tcp_epollin_ready(): as much as SO_RCVLOWAT asks for, or so much that the window is about to close.
bool StreamSocket::enough_to_read() const {
  const auto octets = static_cast<std::int64_t>(stack_->readable(id_));
  if (octets == 0 || octets >= shared_.low_water()) return octets > 0;
  const TcpInfo info = stack_->tcp_info(id_);
  return info.receive_window.count <= info.receive_mss;
}

// __sk_stream_is_writeable(). A socket that was never connected has all of its room.
bool StreamSocket::writable() const {
  constexpr std::int64_t low_water = 2048;  // so_snd.sb_lowat: FreeBSD sowriteable()
  if (stack_->config().tcp.whole_segments && state() != TcpState::closed)
    return send_room().room() >= low_water;
  return state() == TcpState::closed || (send_room().writable() && may_queue(1));
}

// tcp_notsent_lowat().
std::optional<Bytes> StreamSocket::notsent_limit() const {
  constexpr Bytes unlimited{0xffff'ffff};
  const Bytes own = options_.notsent_low_water;
  const Bytes most = own > 0_B ? own : stack_->config().tcp.notsent_low_water;
  return most < unlimited ? std::optional{most} : std::nullopt;
}

// Who waits is woken when only half of what it may queue is left (`wake` 1).
bool StreamSocket::may_queue(int wake) const {
  const auto most = notsent_limit();
  return !most || stack_->tcp_info(id_).unsent.count << wake < most->count;
}

std::uint32_t DatagramSocket::poll() const {
  const bool queued = stack_->peek_from(id_, {}).has_value();
  const bool writable = 2 * stack_->sending(id_).count < options_.send_buffer.count;  // sock_writeable()
  return when((hears_errors() && stack_->error(id_) != Error::none) || stack_->network_errors(id_) > 0,
              ready::err) |
         when(shut_read_, readable | ready::rdhup) | when(shut_read_ && shut_write_, ready::hup) |
         when(queued, readable) | when(writable, writeable);
}

Activity StreamSocket::activity() const {
  const TcpInfo info = stack_->tcp_info(id_);
  return {.arrived = info.bytes_received + accepted_ + stack_->acceptable(id_),
          .shortages = shortages_,
          .reports = reports_.made() + errors_taken_ + network_errors_.size() + stack_->network_errors(id_),
          .state = state(),
          .fin_received = info.fin_received,
          .shut_read = shut_read_,
          .shut_write = shut_write_,
          .error = pending_error()};
}

Activity DatagramSocket::activity() const {
  return {.arrived = taken_ + stack_->datagrams(id_),
          .reports = errors_taken_ + stack_->network_errors(id_),
          .shut_read = shut_read_,
          .shut_write = shut_write_,
          .error = errno_of(stack_->error(id_))};
}

Epoll::Sight Sockets::Table::sight(Fd fd) const {
  if (Epoll* epoll = find_epoll(fd)) return epoll->sight([this](Fd of) { return sight(of); });
  return std::visit(
      [](const auto& socket) {
        return Epoll::Sight{socket.poll(), socket.activity()};
      },
      *find(fd));
}

}  // namespace ringside::net
