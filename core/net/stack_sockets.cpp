// The public face of UDP and TCP.
#include <algorithm>

#include "layers.hpp"
#include "ringside/net/stack.hpp"

namespace ringside::net {

using wire::ByteSpan;
using wire::ByteView;

SocketId Stack::udp_open() { return layers_->udp.open().value_or(SocketId{}); }
Error Stack::bind(SocketId socket, Endpoint local) { return layers_->udp.bind(socket, local); }
Error Stack::send_to(Time now, SocketId socket, ByteView payload, Endpoint to) {
  const Error error = layers_->udp.send_to(now, socket, payload, to);
  const UdpSocketOptions* options = layers_->udp.options(socket);
  const bool ipv4 = to.address.is_ipv4();
  const bool asked = options && (ipv4 ? options->receive_errors : options->ipv6.receive_errors);
  const auto path = layers_->output.path_to(to.address);
  if (error == Error::message_too_long && asked && path)  // ip_local_error()
    layers_->network_errors.push(socket, {.error = error, .local = true, .info = path->mtu, .to = to});
  return error;
}
std::optional<Datagram> Stack::recv_from(SocketId socket, ByteSpan out) {
  return layers_->udp.recv_from(socket, out);
}

std::optional<Datagram> Stack::peek_from(SocketId socket, ByteSpan out) const {
  return layers_->udp.peek_from(socket, out);
}
const UdpSocketOptions* Stack::udp_options(SocketId socket) const { return layers_->udp.options(socket); }
void Stack::set_udp_options(SocketId socket, const UdpSocketOptions& options) {
  layers_->udp.set_options(socket, options);
}
void Stack::unbind(SocketId socket) { layers_->udp.unbind(socket); }
void Stack::set_peer(SocketId socket, std::optional<Endpoint> peer) { layers_->udp.set_peer(socket, peer); }
std::size_t Stack::datagrams(SocketId socket) const { return layers_->udp.datagrams(socket); }
Bytes Stack::sending(SocketId socket) const { return layers_->udp.sending(socket); }

Result<SocketId> Stack::tcp_connect(Time now, Endpoint remote, Endpoint local,
                                    const TcpSocketOptions* options) {
  return layers_->tcp.connect(now, remote, local, options ? *options : layers_->tcp.default_options());
}
Result<Stack::FastOpened> Stack::tcp_fast_open(Time now, Endpoint remote, Endpoint local, ByteView text,
                                               const TcpSocketOptions* options) {
  Tcp& tcp = layers_->tcp;
  return tcp.fast_open(now, remote, local, text, options ? *options : tcp.default_options());
}
bool Stack::fast_open_possible(Time now, Endpoint remote, const TcpSocketOptions* options) const {
  const Tcp& tcp = layers_->tcp;
  return tcp.fast_open_possible(now, remote, options ? *options : tcp.default_options());
}
void Stack::forget_metrics() { layers_->tcp.forget_metrics(); }
ByteView Stack::saved_syn(SocketId socket) const { return layers_->tcp.saved_syn(socket); }
void Stack::forget_syn(SocketId socket) { layers_->tcp.forget_syn(socket); }
Result<SocketId> Stack::tcp_listen(Endpoint local, int backlog, const TcpSocketOptions* options) {
  return layers_->tcp.listen(local, backlog, options ? *options : layers_->tcp.default_options());
}
const TcpSocketOptions& Stack::default_options() const { return layers_->tcp.default_options(); }
const TcpSocketOptions* Stack::options(SocketId socket) const { return layers_->tcp.options(socket); }
void Stack::set_quick_ack(Time now, SocketId socket, bool at_once, bool from_now_on) {
  layers_->tcp.set_quick_ack(now, socket, at_once, from_now_on);
}
void Stack::set_options(Time now, SocketId socket, const TcpSocketOptions& options) {
  layers_->tcp.set_options(now, socket, options);
}
std::optional<SocketId> Stack::accept(SocketId listener) { return layers_->tcp.accept(listener); }
std::size_t Stack::acceptable(SocketId listener) const { return layers_->tcp.acceptable(listener); }
void Stack::set_backlog(SocketId listener, int backlog) { layers_->tcp.set_backlog(listener, backlog); }
std::size_t Stack::send(Time now, SocketId socket, ByteView octets, bool more) {
  return layers_->tcp.send(now, socket, octets, more);
}
void Stack::note_writer(SocketId socket) { layers_->tcp.note_writer(socket); }
void Stack::note_shortage(SocketId socket) { layers_->tcp.note_shortage(socket); }
void Stack::end_record(SocketId socket) { layers_->tcp.end_record(socket); }
std::size_t Stack::recv(Time now, SocketId socket, ByteSpan out) {
  return layers_->tcp.recv(now, socket, out);
}
std::size_t Stack::discard(Time now, SocketId socket, std::size_t octets) {
  return layers_->tcp.discard(now, socket, octets);
}
void Stack::mark_urgent(SocketId socket) { layers_->tcp.mark_urgent(socket); }
std::optional<std::uint8_t> Stack::urgent_octet(SocketId socket, bool take) {
  return layers_->tcp.urgent_octet(socket, take);
}
std::optional<Stack::UrgentMark> Stack::urgent(SocketId socket) const {
  const Connection* connection = layers_->tcp.find(socket);
  if (!connection || !connection->receiver().urgent().marked()) return std::nullopt;
  const Receiver& receiver = connection->receiver();
  return UrgentMark{receiver.octets_before_mark(), receiver.urgent().here(), receiver.urgent().taken()};
}
std::optional<Time> Stack::arrival(SocketId socket, std::size_t before) const {
  const Connection* connection = layers_->tcp.find(socket);
  return connection ? connection->receiver().arrival(before) : std::nullopt;
}
void Stack::shutdown_reading(SocketId socket) { layers_->tcp.shutdown_reading(socket); }
void Stack::shutdown(Time now, SocketId socket) { layers_->tcp.shutdown(now, socket); }
void Stack::abort(Time now, SocketId socket) {
  layers_->network_errors.forget(socket);
  layers_->tcp.abort(now, socket);
}

std::size_t Stack::peek(SocketId socket, ByteSpan out) const {
  const std::size_t octets = std::min(out.size(), readable(socket));
  if (const Connection* connection = layers_->tcp.find(socket))
    connection->receiver().peek(out.first(octets));
  return octets;
}

std::size_t Stack::writable(SocketId socket) const {
  const Connection* connection = layers_->tcp.find(socket);
  return connection ? connection->writable() : 0;
}

bool Stack::end_of_stream(SocketId socket) const {
  const Connection* connection = layers_->tcp.find(socket);
  return connection && connection->end_of_stream();
}

TcpState Stack::state(SocketId socket) const {
  if (layers_->tcp.listening(socket)) return TcpState::listen;
  const Connection* connection = layers_->tcp.find(socket);
  return connection ? connection->state() : TcpState::closed;
}

TcpInfo Stack::tcp_info(SocketId socket) const {
  const Connection* connection = layers_->tcp.find(socket);
  return connection ? connection->info() : TcpInfo{.state = state(socket)};
}

std::uint32_t Stack::timestamp(Time now, SocketId socket) const {
  const Connection* connection = layers_->tcp.find(socket);
  return connection ? connection->timestamp(now) : 0;
}

std::optional<SocketId> Stack::take_timed_out() { return layers_->tcp.take_timed_out(); }
bool Stack::any_timed_out() const { return layers_->tcp.any_timed_out(); }
void Stack::watch_windows() { layers_->tcp.watch_windows(); }
std::optional<WindowChange> Stack::take_window_change() { return layers_->tcp.take_window_change(); }

std::size_t Stack::readable_pages(SocketId socket) const {
  const Connection* connection = layers_->tcp.find(socket);
  return connection ? connection->receiver().readable_pages() : 0;
}

std::size_t Stack::readable_rest(SocketId socket) const {
  const Connection* connection = layers_->tcp.find(socket);
  return connection ? connection->receiver().readable_rest() : 0;
}

std::size_t Stack::readable(SocketId socket) const {
  const Connection* connection = layers_->tcp.find(socket);
  return connection ? connection->receiver().available() : layers_->udp.readable(socket).value_or(0);
}

Error Stack::error(SocketId socket) const {
  if (const Connection* connection = layers_->tcp.find(socket)) return connection->error();
  if (layers_->tcp.listening(socket)) return Error::none;
  return layers_->udp.error(socket).value_or(Error::bad_socket);
}

Error Stack::take_error(SocketId socket) {
  const bool udp = layers_->udp.error(socket).has_value();
  if (udp) return layers_->udp.take_error(socket);
  const Error why = error(socket);
  layers_->tcp.take_error(socket);
  return why;
}

std::optional<NetworkError> Stack::take_network_error(SocketId socket) {
  auto taken = layers_->network_errors.take(socket);
  const NetworkError* next = layers_->network_errors.next(socket);
  const bool changes = taken && (!taken->local || (next && !next->local));
  if (changes) layers_->udp.set_error(socket, next && !next->local ? next->error : Error::none);
  return taken;
}

std::size_t Stack::network_errors(SocketId socket) const { return layers_->network_errors.count(socket); }

Endpoint Stack::local(SocketId socket) const {
  return layers_->udp.local(socket).value_or(layers_->tcp.local(socket));
}

Endpoint Stack::remote(SocketId socket) const {
  const Connection* connection = layers_->tcp.find(socket);
  return connection ? connection->flow().remote : layers_->udp.peer(socket).value_or(Endpoint{});
}

void Stack::close(Time now, SocketId socket) {
  layers_->network_errors.forget(socket);
  if (!layers_->udp.close(socket)) layers_->tcp.close(now, socket);
}

}  // namespace ringside::net
