// The calls of a datagram socket: net/ipv4/udp.c and datagram.c.
#include "sockets/datagram_socket.hpp"

#include <algorithm>

#include "sockets/family.hpp"
#include "sockets/received_control.hpp"
#include "sockets/returned.hpp"

namespace ringside::net {

// Linux discovers the path's MTU for datagrams, too.
DatagramSocket::DatagramSocket(Stack& stack, Family family)
    : stack_{&stack}, family_{family}, id_{stack.udp_open()} {
  const UdpSocketOptions* options = stack.udp_options(id_);
  if (!options) return;
  options_ = *options;
  options_.path_mtu = PathMtuDiscovery::want;
  apply();
}

Endpoint DatagramSocket::local() const {
  Endpoint local = written_by(family_, stack_->local(id_));
  // __ip4_datagram_connect(): the source that the route gives.
  const auto way = connected() ? stack_->way_to(remote().address, options_.device) : std::nullopt;
  if (local.address.any() && way) local.address = way->source;
  return local;
}

// Without a peer only who says so asks for ICMP errors: __udp4_lib_err().
bool DatagramSocket::hears_errors() const {
  return connected() || options_.receive_errors || options_.ipv6.receive_errors;
}

Errno DatagramSocket::take_error() {
  const Error error = stack_->take_error(id_);
  return hears_errors() ? errno_of(error) : Errno::none;
}

Returned DatagramSocket::take_report(std::span<std::uint8_t> out, ReceivedMessage& message) {
  const auto error = stack_->take_network_error(id_);
  if (!error) return failed(Errno::eagain);
  ++errors_taken_;
  return give_error(*error, out, message);
}

// A broadcast must be meant: SO_BROADCAST.
Errno DatagramSocket::no_way_to(const Endpoint& to) const {
  if (const Errno why = may_reach(family_, ipv6_only(), stack_->local(id_).address, to.address);
      why != Errno::none)
    return why;
  const auto way = stack_->way_to(to.address, options_.device);
  if (!way) return Errno::enetunreach;
  return way->broadcast && !broadcast_ ? Errno::eacces : Errno::none;
}

Returned DatagramSocket::bind(Endpoint local, bool chosen_port) {
  port_chosen_ = chosen_port;
  const Error error = stack_->bind(id_, local);
  return error == Error::none ? success : failed(errno_of(error));
}

Returned DatagramSocket::connect(Time, Endpoint to) {
  if (const Errno why = no_way_to(to); why != Errno::none) return failed(why);
  if (stack_->local(id_).port == 0) {  // inet_autobind()
    if (const Error error = stack_->bind(id_, {any_of(family_), 0}); error != Error::none)
      return failed(Errno::eagain);
  }
  stack_->take_error(id_);  // of the time before
  stack_->set_peer(id_, to);
  return success;
}

// __udp_disconnect().
Returned DatagramSocket::disconnect(Time) {
  if (connected() && port_chosen_) stack_->unbind(id_);
  stack_->set_peer(id_, std::nullopt);
  return success;
}

// inet_shutdown(): noted even where there is no peer.
Returned DatagramSocket::shutdown(Time, Shutdown how) {
  shut_read_ = shut_read_ || how != Shutdown::write;
  shut_write_ = shut_write_ || how != Shutdown::read;
  return connected() ? success : failed(Errno::enotconn);
}

Returned DatagramSocket::close(Time now) {
  pending_to_.reset();
  stack_->close(now, id_);
  return success;
}

// udp_sendmsg(), and sock_alloc_send_pskb() below it, which asks for the error first.
Returned DatagramSocket::send(Time now, std::span<const std::uint8_t> octets, std::optional<Endpoint> to,
                              MessageFlags flags, const SentControl&) {
  if (octets.size() > 0xffff) return failed(Errno::emsgsize);
  if (has(flags, MessageFlag::out_of_band)) return failed(Errno::eopnotsupp);
  const bool more = has(flags, MessageFlag::more) || cork_;
  if (pending_to_) return append(now, octets, more);
  if (to && to->port == 0) return failed(Errno::einval);
  if (!to && !connected()) return failed(Errno::edestaddrreq);
  const Endpoint destination = to.value_or(remote());
  if (const Errno why = no_way_to(destination); why != Errno::none) return failed(why);
  if (const Errno error = take_error(); error != Errno::none) return failed(error);
  if (shut_write_) return failed(Errno::epipe);
  if (stack_->local(id_).port == 0) stack_->bind(id_, {any_of(family_), 0});  // inet_autobind()
  if (more) {
    pending_to_ = destination;
    return append(now, octets, true);
  }
  const Error error = stack_->send_to(now, id_, octets, destination);
  return error == Error::none ? returned(octets.size()) : failed(errno_of(error));
}

// A datagram of several calls goes where the first of them said: the label do_append_data of udp_sendmsg().
Returned DatagramSocket::append(Time now, std::span<const std::uint8_t> octets, bool more) {
  if (pending_.size() + octets.size() > 0xffff) {  // udp_flush_pending_frames()
    pending_.clear();
    pending_to_.reset();
    return failed(Errno::emsgsize);
  }
  pending_.insert(pending_.end(), octets.begin(), octets.end());
  const Errno error = more ? Errno::none : push_pending(now);
  return error == Errno::none ? returned(octets.size()) : failed(error);
}

// udp_push_pending_frames().
Errno DatagramSocket::push_pending(Time now) {
  if (!pending_to_) return Errno::none;
  const Error error = stack_->send_to(now, id_, pending_, *pending_to_);
  pending_.clear();
  pending_to_.reset();
  return errno_of(error);
}

// __skb_recv_udp(), udp_recvmsg(). Only who would wait is told that nothing will come.
Returned DatagramSocket::recv(Time, std::span<std::uint8_t> out, ReceivedMessage& message,
                              MessageFlags flags) {
  if (has(flags, MessageFlag::error_queue)) return take_report(out, message);
  if (const Errno error = take_error(); error != Errno::none) return failed(error);
  const std::size_t whole = stack_->readable(id_);
  const auto read = has(flags, MessageFlag::peek) ? stack_->peek_from(id_, out) : stack_->recv_from(id_, out);
  if (!read) return shut_read_ && !has(flags, MessageFlag::dont_wait) ? success : failed(Errno::eagain);
  message.from = read->from;
  tell_delivery(*read, *stack_, options_.device, family_, shared_, message);
  if (read->truncated) message.flags = static_cast<MessageFlags>(MessageFlag::truncate);
  if (!has(flags, MessageFlag::peek)) ++taken_;
  return returned(has(flags, MessageFlag::truncate) ? whole : read->size);
}

// udp_ioctl(); it knows no SIOCOUTQNSD.
Returned DatagramSocket::amount(Sockets::Amount which) const {
  switch (which) {
    case Sockets::Amount::unread: return returned(stack_->readable(id_));
    case Sockets::Amount::unsent: return failed(Errno::enotty);
    case Sockets::Amount::unacknowledged: return {stack_->sending(id_).count};
  }
  return success;
}

}  // namespace ringside::net
