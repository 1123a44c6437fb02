// Segments in and out, and the sockets' calls. Timers, replies and the end: tcp_settle.cpp.
#include "tcp/tcp.hpp"

#include <algorithm>

#include "ringside/net/wire/icmp.hpp"

namespace ringside::net {

using wire::ByteSpan;
using wire::ByteView;

Tcp::Tcp(const StackConfig& config, SipKey key, Output& output, Counters& counters)
    : config_{config.tcp},
      default_options_{socket_options(config)},
      key_{key},
      output_{&output},
      counters_{&counters} {}

Received Tcp::receive(Time now, const wire::Ipv4Header& ip, ByteView bytes) {
  const auto parsed = wire::parse_tcp(bytes, ip.source, ip.destination);
  if (!parsed) return {.verdict = Verdict::dropped, .reason = parsed.reason};
  ++counters_->segments_in;
  if (parsed.header.flags.rst) ++counters_->resets_in;

  const Segment segment{parsed.header, parsed.payload};
  const Flow flow{.local = {ip.destination, parsed.header.destination_port},
                  .remote = {ip.source, parsed.header.source_port}};
  const SocketId* known = flows_.find(flow);
  const auto listener = !known || replaces(*known, segment) ? bound_to(flows_, flow.local) : std::nullopt;
  if (listener) return on_listener(now, *listener, flow, segment);
  if (known) return dispatch(now, *known, segment);
  return refuse(now, flow, segment, DropReason::no_socket);
}

bool Tcp::replaces(SocketId id, const Segment& segment) const {
  const bool opening = segment.flags().syn && !segment.flags().ack && !segment.flags().rst;
  return opening && connections_.find(id)->connection.may_be_replaced_by(segment);
}

// RFC 1122 section 4.2.2.13: a connection in TIME-WAIT gives way to the next between its end points, whose
// sequence begins beyond all that it used (as Linux tcp_timewait_state_process). An application that only
// shut down keeps the socket, and what it has not read.
SeqNum Tcp::succeed(Time now, SocketId id) {
  constexpr std::uint32_t clearance = 65535 + 2;
  Connection& connection = connections_.find(id)->connection;
  const SeqNum iss = connection.sender().snd().nxt + clearance;
  connection.give_way(now);
  settle(now, id);
  return iss;
}

// RFC 9293 section 3.10.7.2: LISTEN.
Received Tcp::on_listener(Time now, SocketId id, const Flow& flow, const Segment& segment) {
  if (segment.flags().rst) return {.verdict = Verdict::dropped, .reason = DropReason::no_socket};
  if (segment.flags().ack) return refuse(now, flow, segment, DropReason::no_socket);
  if (!segment.flags().syn) return {.verdict = Verdict::dropped, .reason = DropReason::no_socket};

  Listener& listener = *listeners_.find(id);
  const bool full =
      listener.handshaking + listener.accepted.size() >= listener.backlog || connections_.full();
  const auto path = output_->path_to(flow.remote.address);
  if (full) return {.verdict = Verdict::dropped, .reason = DropReason::backlog_full, .socket = id};
  if (!path) return {.verdict = Verdict::dropped, .reason = DropReason::no_route, .socket = id};
  const SocketId* predecessor = flows_.find(flow);
  const SeqNum iss = predecessor ? succeed(now, *predecessor) : initial_sequence(now, flow);
  const SocketId connection = create(flow, listener.options, iss, path->mtu, id);
  ++listener.handshaking;
  connections_.find(connection)->connection.open(now, segment);
  settle(now, connection);
  return {.socket = id};
}

Received Tcp::dispatch(Time now, SocketId id, const Segment& segment) {
  Connection& connection = connections_.find(id)->connection;
  const bool was_handshaking = connection.listener().has_value();
  const Arrival arrival = connection.on_segment(now, segment);
  Received received{.verdict = arrival.readable ? Verdict::delivered : Verdict::consumed,
                    .reason = arrival.reason,
                    .socket = id,
                    .payload_bytes = arrival.text,
                    .readable = arrival.readable,
                    .writable = arrival.writable,
                    .acknowledged = arrival.acknowledged,
                    .failed = arrival.failed};
  if (arrival.reason != DropReason::none) received.verdict = Verdict::dropped;
  if (arrival.reply == Arrival::Reply::ack) send_ack(now, id);
  if (arrival.reply == Arrival::Reply::reset) refuse(now, connection.flow(), segment, DropReason::none);
  if (was_handshaking && arrival.established && !offer_to_listener(now, id, received)) return received;
  if (was_handshaking && arrival.failed) received.failed = received.readable = false;
  settle(now, id);
  return received;
}

// The handshake of a passive open is done. False: the listener is gone, and so is the connection.
bool Tcp::offer_to_listener(Time now, SocketId id, Received& received) {
  Connection& connection = connections_.find(id)->connection;
  const SocketId listener_id = *connection.listener();
  Listener* listener = listeners_.find(listener_id);
  if (!listener) {
    abort(now, id);
    received = {.verdict = Verdict::dropped, .reason = DropReason::no_socket};
    return false;
  }
  connection.accepted();
  --listener->handshaking;
  listener->accepted.push(id);
  received.socket = listener_id;
  received.acceptable = true;
  received.writable = false;
  return true;
}

// RFC 9293 section 3.10.7.1: a reset that the sender of the segment will believe.
Received Tcp::refuse(Time now, const Flow& flow, const Segment& segment, DropReason reason) {
  if (segment.flags().rst) return {.verdict = Verdict::dropped, .reason = reason};
  wire::TcpHeader reset{.source_port = flow.local.port, .destination_port = flow.remote.port};
  reset.flags.rst = true;
  if (segment.flags().ack) {
    reset.seq = segment.ack();
  } else {
    reset.flags.ack = true;
    reset.ack = segment.seq() + segment.length();
  }
  std::array<std::uint8_t, wire::TcpHeader::size> bytes{};
  wire::write(bytes, reset, flow.local.address, flow.remote.address);
  ++counters_->resets_out;
  send_bare(now, ip_header(flow, default_options_), bytes, std::nullopt);
  return {.verdict = Verdict::dropped, .reason = reason};
}

Received Tcp::on_icmp_error(Time now, const IcmpError& error) {
  const SocketId* id = flows_.find(error.flow);
  Socket* socket = id ? connections_.find(*id) : nullptr;
  if (!socket) return {.verdict = Verdict::dropped, .reason = DropReason::no_socket};
  Connection& connection = socket->connection;
  const SendSpace& snd = connection.sender().snd();
  const bool in_flight = error.seq.at_or_after(snd.una) && error.seq.before(snd.nxt);
  if (!in_flight)  // RFC 5927 section 4.1: forged
    return {.verdict = Verdict::dropped, .reason = DropReason::out_of_window, .socket = *id};

  Received received{.socket = *id};
  const SocketId settled = *id;
  if (error.code == wire::unreachable::fragmentation_needed) {
    connection.on_fragmentation_needed(error.mtu);
  } else {
    received.failed = connection.on_unreachable(now, error.code);
  }
  settle(now, settled);
  return received;
}

std::optional<Transmitted> Tcp::transmit(Time now, ByteSpan out) {
  while (!ready_.empty()) {
    const SocketId id = ready_.front();
    Socket* socket = connections_.find(id);
    const auto path = socket ? output_->path_to(socket->connection.flow().remote.address) : std::nullopt;
    const std::size_t bytes = path ? socket->connection.write_next(now, out.subspan(segment_at)) : 0;
    if (bytes == 0) {
      ready_.pop();
      if (socket) socket->ready = false, arm(id);
      continue;
    }
    if (windows_watched_) tell_window(id);  // RFC 5681 section 4.1: after a long silence it starts anew
    ++counters_->segments_out;
    const ByteSpan frame = out.first(segment_at + bytes);
    if (output_->seal(now, *path, ip_header(socket->connection.flow(), socket->connection.options()),
                      frame)) {
      return Transmitted{frame.size(), path->hop.out, id};
    }
  }
  return std::nullopt;
}

Result<SocketId> Tcp::connect(Time now, Endpoint remote, Endpoint local, const TcpSocketOptions& options) {
  const auto path = output_->path_to(remote.address);
  if (!path) return {.error = Error::no_route};
  Flow flow{.local = local, .remote = remote};
  if (local.address.any()) flow.local.address = path->source;
  if (!output_->owns(flow.local.address) || remote.port == 0) return {.error = Error::invalid_argument};
  if (local.port == 0) {
    // RFC 6056 section 3.3.3: from a place that depends on the remote end, each time one further.
    const auto offset = static_cast<std::uint32_t>(siphash(key_, {flow.addresses(), flow.remote.port}));
    const bool found = choose_port(flow, flows_, config_.first_ephemeral_port, config_.last_ephemeral_port,
                                   offset + ports_chosen_++);
    if (!found) return {.error = Error::no_ephemeral_port};
  }
  if (flows_.find(flow)) return {.error = Error::address_in_use};
  if (connections_.full()) return {.error = Error::too_many_sockets};
  const SocketId id = create(flow, options, initial_sequence(now, flow), path->mtu, std::nullopt);
  connections_.find(id)->connection.open(now);
  settle(now, id);
  return {id};
}

Result<SocketId> Tcp::listen(Endpoint local, int backlog, const TcpSocketOptions& options) {
  if (local.port == 0 || (!local.address.any() && !output_->owns(local.address))) {
    return {.error = Error::invalid_argument};
  }
  if (flows_.find({.local = local})) return {.error = Error::address_in_use};
  const auto id = listeners_.emplace(Listener{
      .local = local, .options = options, .backlog = static_cast<std::size_t>(std::max(backlog, 1))});
  if (!id) return {.error = Error::too_many_sockets};
  flows_.insert({.local = local}, *id);
  return {id};
}

std::optional<SocketId> Tcp::accept(SocketId id) {
  Listener* listener = listeners_.find(id);
  while (listener && !listener->accepted.empty()) {
    const SocketId connection = listener->accepted.pop();
    if (connections_.find(connection)) return connection;
  }
  return std::nullopt;
}

std::size_t Tcp::acceptable(SocketId id) const {
  const Listener* listener = listeners_.find(id);
  return listener ? listener->accepted.size() : 0;
}

void Tcp::set_backlog(SocketId id, int backlog) {
  if (Listener* listener = listeners_.find(id))
    listener->backlog = static_cast<std::size_t>(std::max(backlog, 1));
}

std::size_t Tcp::send(Time, SocketId id, ByteView octets, bool more) {
  Socket* socket = connections_.find(id);
  if (!socket) return 0;
  const std::size_t taken = socket->connection.send(octets, more);
  if (taken > 0) make_ready(id);
  return taken;
}

std::size_t Tcp::recv(Time now, SocketId id, ByteSpan out) {
  Socket* socket = connections_.find(id);
  if (!socket) return 0;
  const std::size_t octets = socket->connection.recv(out);
  if (socket->connection.ack_now()) send_ack(now, id);
  return octets;
}

std::size_t Tcp::discard(Time now, SocketId id, std::size_t octets) {
  Socket* socket = connections_.find(id);
  if (!socket) return 0;
  octets = std::min(octets, socket->connection.receiver().readable());
  socket->connection.discard(octets);
  if (socket->connection.ack_now()) send_ack(now, id);
  return octets;
}

void Tcp::shutdown_reading(SocketId id) {
  if (Socket* socket = connections_.find(id)) socket->connection.shutdown_reading();
}

void Tcp::shutdown(Time now, SocketId id) {
  Socket* socket = connections_.find(id);
  if (!socket) return;
  socket->connection.shutdown(now);
  settle(now, id);
}

void Tcp::close(Time now, SocketId id) {
  if (Listener* listener = listeners_.find(id)) {
    while (!listener->accepted.empty()) abort(now, listener->accepted.pop());
    flows_.erase({.local = listener->local});
    return listeners_.erase(id);
  }
  Socket* socket = connections_.find(id);
  if (!socket || socket->connection.orphaned()) return;
  if (socket->connection.close(now) == Connection::CloseAction::reset) send_reset(now, id);
  settle(now, id);
}

void Tcp::abort(Time now, SocketId id) {
  Socket* socket = connections_.find(id);
  if (!socket) return;
  if (socket->connection.abort(now) == Connection::CloseAction::reset) send_reset(now, id);
  settle(now, id);
}

const Connection* Tcp::find(SocketId id) const {
  const Socket* socket = connections_.find(id);
  return socket ? &socket->connection : nullptr;
}

const TcpSocketOptions* Tcp::options(SocketId id) const {
  if (const Listener* listener = listeners_.find(id)) return &listener->options;
  const Connection* connection = find(id);
  return connection ? &connection->options() : nullptr;
}

void Tcp::set_options(Time now, SocketId id, const TcpSocketOptions& options) {
  if (Listener* listener = listeners_.find(id)) listener->options = options;
  Socket* socket = connections_.find(id);
  if (!socket) return;
  socket->connection.set_options(now, options);
  settle(now, id);
}

void Tcp::set_quick_ack(Time now, SocketId id, bool at_once, bool from_now_on) {
  Socket* socket = connections_.find(id);
  if (!socket) return;
  socket->connection.set_quick_ack(at_once, from_now_on);
  settle(now, id);
}

Endpoint Tcp::local(SocketId id) const {
  if (const Listener* listener = listeners_.find(id)) return listener->local;
  const Connection* connection = find(id);
  return connection ? connection->flow().local : Endpoint{};
}

}  // namespace ringside::net
