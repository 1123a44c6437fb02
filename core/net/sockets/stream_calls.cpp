// bind() to close() of a stream: the state of the descriptor beside that of the connection. The functions
// named are those of net/ipv4/af_inet.c and tcp.c.
#include <algorithm>

#include "sockets/family.hpp"
#include "sockets/returned.hpp"
#include "sockets/stream_socket.hpp"

namespace ringside::net {

// What Linux does unless told otherwise, and the stack alone does not.
StreamSocket::StreamSocket(Stack& stack, Family family)
    : stack_{&stack}, family_{family}, local_{any_of(family), 0}, options_{stack.default_options()} {
  options_.quick_acks = stack.config().tcp.quick_acks;
  options_.heeds_unreachable = true;
  if (stack.config().tcp.counts_packets) options_.receive_memory = options_.receive_buffer;
  options_.largest_memory_set = stack.config().sockets.largest_receive_buffer;
  if (stack.config().tcp.counts_packets && options_.nagle == Nagle::all) options_.nagle = Nagle::minshall;
  set_send_buffer(options_.send_buffer);
}

TcpState StreamSocket::state() const {
  const TcpState state = stack_->state(id_);
  return state == TcpState::time_wait ? TcpState::closed : state;  // tcp_time_wait() ends in tcp_done()
}

bool StreamSocket::dead() const { return id_ != SocketId{} && state() == TcpState::closed; }

Endpoint StreamSocket::local() const {
  const bool named = stack_->error(id_) != Error::bad_socket;
  return named ? stack_->local(id_) : local_;
}

// tcp_reset() has three errors for a reset; a peer that had said FIN before breaks the pipe.
Errno StreamSocket::pending_error() const {
  if (own_error_ != Errno::none || error_told_ || id_ == SocketId{}) return own_error_;
  const Error error = stack_->error(id_);
  if (error == Error::bad_socket) return Errno::none;
  const bool close_wait = stack_->tcp_info(id_).fin_received && !shut_write_;
  return error == Error::connection_reset && close_wait && counts_packets() ? Errno::epipe : errno_of(error);
}

Errno StreamSocket::take_error() {
  const Errno error = pending_error();
  const bool of_connection = error != Errno::none && own_error_ == Errno::none;
  if (of_connection) stack_->take_error(id_);  // it may live on: tcp_v4_err(), of who has IP_RECVERR
  error_told_ = error_told_ || (of_connection && dead());
  own_error_ = Errno::none;
  return error;
}

StreamSocket StreamSocket::child(SocketId connection) {
  ++accepted_;
  StreamSocket accepted{*stack_, family_};
  accepted.id_ = connection;
  accepted.stage_ = Stage::connected;
  accepted.reuse_address_ = reuse_address_;
  accepted.linger_ = linger_;
  accepted.send_buffer_ = send_buffer_;
  accepted.send_buffer_set_ = send_buffer_set_;
  accepted.shared_ = shared_;
  if (const TcpSocketOptions* options = stack_->options(connection)) accepted.options_ = *options;
  return accepted;
}

Returned StreamSocket::bind(Endpoint local, bool chosen_port) {
  local_ = local;
  port_chosen_ = chosen_port;
  return success;
}

Returned StreamSocket::listen(int backlog) {
  const auto most = static_cast<std::uint32_t>(stack_->config().sockets.backlog);
  const int admitted = static_cast<int>(std::min(static_cast<std::uint32_t>(backlog), most));
  const bool asked = stack_->config().tcp.fast_open.server_asked_by_option;  // inet_listen()
  if (!asked && options_.fast_open_queue == 0) options_.fast_open_queue = admitted;
  const TcpState now = state();
  if (now == TcpState::listen) return stack_->set_backlog(id_, admitted), success;
  if (now != TcpState::closed) return failed(Errno::einval);
  const auto listener = stack_->tcp_listen(local_, admitted, &options_);
  if (!listener) return failed(errno_of(listener.error));
  id_ = *listener;
  return success;
}

// __inet_stream_connect().
Returned StreamSocket::connect(Time now, Endpoint to) {
  if (stage_ == Stage::disconnecting) return failed(Errno::einval);
  if (stage_ == Stage::connected) return failed(Errno::eisconn);
  if (stage_ == Stage::connecting) {
    const TcpState state = this->state();
    if (deferred_) return failed(Errno::eisconn);
    if (state == TcpState::syn_sent || state == TcpState::syn_received) return failed(Errno::ealready);
    if (state == TcpState::closed) return refuse_connect(now);
    stage_ = Stage::connected;
    return success;
  }
  const bool listens = state() != TcpState::closed;
  if (listens) return failed(counts_packets() ? Errno::eisconn : Errno::eopnotsupp);
  if (const Errno why = no_way_to(to); why != Errno::none) return failed(why);
  if (fast_open_connect_ && stack_->fast_open_possible(now, to, &options_)) {
    deferred_ = to;
    stage_ = Stage::connecting;
    return success;
  }
  if (fast_open_connect_)
    return fast_open(now, {}, to,
                     static_cast<MessageFlags>(MessageFlag::dont_wait));  // which asks for a cookie
  return adopt(stack_->tcp_connect(now, to, local_, &options_));
}

Errno StreamSocket::no_way_to(Endpoint to) const {  // tcp_v4_connect(): to one host
  if (const Errno why = may_reach(family_, ipv6_only(), local_.address, to.address); why != Errno::none)
    return why;
  const auto way = stack_->way_to(to.address, options_.device);
  return !way || way->broadcast || to.address.multicast() ? Errno::enetunreach : Errno::none;
}

Returned StreamSocket::adopt(const Result<SocketId>& connection) {
  // A port that is bound is in use only between these two end points: __inet_check_established().
  if (connection.error == Error::address_in_use) return failed(Errno::eaddrnotavail);
  if (!connection) return failed(errno_of(connection.error));
  id_ = *connection;
  own_error_ = Errno::none;  // tcp_connect_init()
  error_told_ = false;
  stage_ = Stage::connecting;
  return failed(Errno::einprogress);
}

// The label sock_error there: why it failed, if that was not told before, and the socket is as new.
Returned StreamSocket::refuse_connect(Time now) {
  const Errno error = take_error();
  disconnect(now);
  return failed(error == Errno::none ? Errno::econnaborted : error);
}

// tcp_disconnect().
Returned StreamSocket::disconnect(Time now) {
  const TcpState before = state();
  const bool ended =
      before == TcpState::closed || before == TcpState::closing || before == TcpState::last_ack;
  const bool listening = before == TcpState::listen;
  keep_network_errors();
  const bool in_time_wait = stack_->state(id_) == TcpState::time_wait;  // no longer this socket's
  if (listening || in_time_wait)
    stack_->close(now, id_);
  else
    stack_->abort(now, id_);
  if (!ended && !listening) own_error_ = Errno::econnreset;
  reports_.ended();
  written_ = 0;
  id_ = {};
  error_told_ = shut_read_ = shut_write_ = false;
  deferred_.reset();
  if (port_chosen_) local_.port = 0;
  stage_ = Stage::unconnected;
  return success;
}

// inet_shutdown().
Returned StreamSocket::shutdown(Time now, Shutdown how) {
  const TcpState before = state();
  const bool reading = how != Shutdown::write, writing = how != Shutdown::read;
  if (before == TcpState::syn_sent || (before == TcpState::listen && reading)) return disconnect(now);
  if (before == TcpState::listen) return success;
  if (stage_ == Stage::connecting && before != TcpState::syn_received && before != TcpState::closed)
    stage_ = Stage::connected;
  shut_read_ = shut_read_ || reading;
  shut_write_ = shut_write_ || writing;
  if (before == TcpState::closed) return failed(Errno::enotconn);
  if (reading) stack_->shutdown_reading(id_);
  if (writing) stack_->shutdown(now, id_);
  return success;
}

bool StreamSocket::closing() const {
  const TcpState now = state();
  return now == TcpState::fin_wait_1 || now == TcpState::closing || now == TcpState::last_ack;
}

// __tcp_close(). Without time to linger the connection is given up, unless text was left unread: then it is
// anyway.
Returned StreamSocket::close(Time now) {
  if (!closing_until_) {
    // FreeBSD tcp_disconnect() does not look for text.
    const bool reset_anyway = stack_->config().tcp.resets_unread && stack_->readable(id_) > 0;
    const bool give_up = linger_ == Duration{0} && state() != TcpState::listen && !reset_anyway;
    if (give_up) return disconnect(now);
    stack_->close(now, id_);
    closing_until_ = now + std::min(linger_.value_or(Duration{}), end_of_time - now);
  }
  return closing() && now < *closing_until_ ? failed(Errno::eagain) : success;
}

}  // namespace ringside::net
