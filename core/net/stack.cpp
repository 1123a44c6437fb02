// The public face, and the way out: what is due, what is queued, then what TCP has to say.
#include "ringside/net/stack.hpp"

#include <algorithm>
#include <utility>

#include "check_config.hpp"
#include "layers.hpp"

namespace ringside::net {

using wire::ByteSpan;
using wire::ByteView;

Stack::Layers::Layers(const StackConfig& with)
    : config{with},
      key{mixed(with.seed), mixed(with.seed + 0x9e3779b97f4a7c15)},
      output{with, key, counters},
      reassembly{with.reassembly},
      icmp{with, output, counters},
      udp{with, key, output, counters},
      tcp{with, key, output, counters} {}

void Stack::Layers::run_due(Time now) {
  if (next_timer() > now) return;
  while (auto due = output.neighbors.next_due(now)) {
    if (due->ask) {
      output.send_arp(due->neighbor.interface, wire::ArpOperation::request, broadcast_mac,
                      due->neighbor.address);
    }
    for (const Neighbors::Frame& frame : due->failed) {
      counters.drop(DropReason::neighbor_unreachable);
      const ByteView packet = ByteView{frame}.subspan(packet_at);
      const Ipv4Address source = wire::parse_ipv4(packet).header.source;
      const auto back = output.path_to(source);
      if (!back || output.owns(source)) continue;
      icmp.send_error(now, back->hop.out, wire::IcmpType::destination_unreachable, wire::unreachable::host,
                      packet);
    }
  }
  while (const auto expired = reassembly.next_expired(now)) {
    counters.drop(DropReason::fragment_timeout);
    const auto back =
        expired->empty() ? std::nullopt : output.path_to(wire::parse_ipv4(*expired).header.source);
    if (back)
      icmp.send_error(now, back->hop.out, wire::IcmpType::time_exceeded, wire::exceeded::reassembly,
                      *expired);
  }
  tcp.run_timers(now);
}

std::optional<Transmitted> Stack::Layers::transmit(Time now, ByteSpan out) {
  std::optional<Transmitted> sent;
  do {  // a segment that must wait for ARP leaves a request to be sent instead
    run_due(now);
    if (!output.queue.empty()) {
      const QueuedFrame frame = output.queue.front();
      std::copy(frame.bytes.begin(), frame.bytes.end(), out.begin());
      sent = Transmitted{frame.bytes.size(), frame.out, frame.socket};
      if (frame.socket) udp.transmitted(*frame.socket, frame.bytes.size());
      output.queue.pop();
    } else {
      sent = tcp.transmit(now, out);
    }
    tcp.correct_earliest();
  } while (!sent && deadline() <= now);
  if (sent) ++counters.frames_out;
  return sent;
}

Time Stack::Layers::deadline() const {
  return !output.queue.empty() || tcp.anything_ready() ? start_of_time : next_timer();
}

Time Stack::Layers::next_timer() const {
  return std::min({tcp.deadline(), output.neighbors.deadline(), reassembly.deadline()});
}

Stack::Stack(StackConfig config) : layers_{(check(config), std::make_unique<Layers>(config))} {}
Stack::~Stack() = default;
Stack::Stack(Stack&&) noexcept = default;
Stack& Stack::operator=(Stack&&) noexcept = default;

InterfaceId Stack::add_interface(const InterfaceConfig& config) {
  check(config);
  Output& output = layers_->output;
  const auto id = static_cast<InterfaceId>(output.interfaces.size());
  output.interfaces.push_back(config);
  output.routes.add({config.address, config.prefix_length}, id, std::nullopt);
  return id;
}

void Stack::add_route(Ipv4Address network, int prefix_length, InterfaceId out,
                      std::optional<Ipv4Address> gateway) {
  check_prefix_length(prefix_length);
  check_interface(out, layers_->output.interfaces.size());
  layers_->output.routes.add({network, prefix_length}, out, gateway);
}

void Stack::add_neighbor(InterfaceId interface, Ipv4Address address, MacAddress mac) {
  Output& output = layers_->output;
  check_interface(interface, output.interfaces.size());
  output.send_parked(interface, mac, output.neighbors.add_permanent({interface, address}, mac));
}

const StackConfig& Stack::config() const { return layers_->config; }
bool Stack::owns(Ipv4Address address) const { return layers_->output.owns(address); }
std::optional<Reached> Stack::way_to(Ipv4Address address) const {
  const auto path = layers_->output.path_to(address);
  return path ? std::optional{Reached{path->source, static_cast<int>(path->mtu)}} : std::nullopt;
}

void Stack::begin_train() { layers_->tcp.begin_train(); }
void Stack::end_train(Time now) { layers_->tcp.end_train(now); }

Received Stack::receive(Time now, InterfaceId in, ByteView frame) {
  ++layers_->counters.frames_in;
  const Received received = layers_->on_frame(now, in, frame);
  if (received.verdict == Verdict::dropped) layers_->counters.drop(received.reason);
  return received;
}

Forwarded Stack::forward(Time now, InterfaceId in, ByteSpan frame) {
  const Forwarded forwarded = layers_->forward(now, in, frame);
  if (forwarded.sent) ++layers_->counters.frames_out;
  if (forwarded.reason != DropReason::none) layers_->counters.drop(forwarded.reason);
  return forwarded;
}

void Stack::run_due(Time now) { layers_->run_due(now); }
std::optional<Transmitted> Stack::transmit(Time now, ByteSpan out) { return layers_->transmit(now, out); }
std::optional<Time> Stack::deadline() const {
  const Time at = layers_->deadline();
  return at < end_of_time ? std::optional{at} : std::nullopt;
}

SocketId Stack::udp_open() { return layers_->udp.open().value_or(SocketId{}); }
Error Stack::bind(SocketId socket, Endpoint local) { return layers_->udp.bind(socket, local); }
Error Stack::send_to(Time now, SocketId socket, ByteView payload, Endpoint to) {
  return layers_->udp.send_to(now, socket, payload, to);
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
Bytes Stack::sending(SocketId socket) const { return layers_->udp.sending(socket); }

Result<SocketId> Stack::tcp_connect(Time now, Endpoint remote, Endpoint local,
                                    const TcpSocketOptions* options) {
  return layers_->tcp.connect(now, remote, local, options ? *options : layers_->tcp.default_options());
}
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
std::size_t Stack::recv(Time now, SocketId socket, ByteSpan out) {
  return layers_->tcp.recv(now, socket, out);
}
std::size_t Stack::discard(Time now, SocketId socket, std::size_t octets) {
  return layers_->tcp.discard(now, socket, octets);
}
void Stack::shutdown_reading(SocketId socket) { layers_->tcp.shutdown_reading(socket); }
void Stack::shutdown(Time now, SocketId socket) { layers_->tcp.shutdown(now, socket); }
void Stack::abort(Time now, SocketId socket) { layers_->tcp.abort(now, socket); }

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
  return connection ? connection->receiver().readable() : layers_->udp.readable(socket).value_or(0);
}

Error Stack::error(SocketId socket) const {
  if (const Connection* connection = layers_->tcp.find(socket)) return connection->error();
  if (layers_->tcp.listening(socket)) return Error::none;
  return layers_->udp.error(socket).value_or(Error::bad_socket);
}

Error Stack::take_error(SocketId socket) {
  const bool udp = layers_->udp.error(socket).has_value();
  return udp ? layers_->udp.take_error(socket) : error(socket);
}

Endpoint Stack::local(SocketId socket) const {
  return layers_->udp.local(socket).value_or(layers_->tcp.local(socket));
}

Endpoint Stack::remote(SocketId socket) const {
  const Connection* connection = layers_->tcp.find(socket);
  return connection ? connection->flow().remote : layers_->udp.peer(socket).value_or(Endpoint{});
}

void Stack::close(Time now, SocketId socket) {
  if (!layers_->udp.close(socket)) layers_->tcp.close(now, socket);
}

bool Stack::ping(Time now, Ipv4Address to, std::uint16_t id, std::uint16_t sequence,
                 std::uint16_t payload_bytes) {
  return layers_->icmp.ping(now, to, {wire::IcmpType::echo_request, 0, id, sequence}, payload_bytes);
}

std::optional<EchoReply> Stack::recv_echo() { return layers_->icmp.recv_echo(); }
const Counters& Stack::counters() const { return layers_->counters; }

}  // namespace ringside::net
