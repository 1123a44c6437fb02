// Segments in and out. The sockets' calls: tcp_calls.cpp; timers, replies and the end: tcp_settle.cpp.
#include "tcp/tcp.hpp"

#include <algorithm>

namespace ringside::net {

using wire::ByteSpan;
using wire::ByteView;

Tcp::Tcp(const StackConfig& config, SipKey key, Output& output, Counters& counters)
    : config_{config.tcp},
      default_options_{socket_options(config)},
      key_{key},
      output_{&output},
      counters_{&counters} {}

Received Tcp::receive(Time now, const IpHeader& ip, ByteView bytes) {
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
  if (arrival.acknowledged) output_->confirm(now, connection.flow().remote.address);
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
  if (error.too_big_for) {
    connection.on_fragmentation_needed(*error.too_big_for);
  } else {
    received.failed = connection.on_unreachable(now, error.why);
  }
  settle(now, settled);
  return received;
}

std::optional<Transmitted> Tcp::transmit(Time now, ByteSpan out) {
  while (!ready_.empty()) {
    const SocketId id = ready_.front();
    Socket* socket = connections_.find(id);
    const auto path = socket ? output_->path_to(socket->connection.flow().remote.address) : std::nullopt;
    const std::size_t bytes = path ? socket->connection.write_next(now, out.subspan(path->segment_at())) : 0;
    if (bytes == 0) {
      ready_.pop();
      if (socket) socket->ready = false, arm(id);
      continue;
    }
    if (windows_watched_) tell_window(id);  // RFC 5681 section 4.1: after a long silence it starts anew
    ++counters_->segments_out;
    const ByteSpan frame = out.first(path->segment_at() + bytes);
    if (output_->seal(now, *path, ip_header(socket->connection.flow(), socket->connection.options()),
                      frame)) {
      return Transmitted{frame.size(), path->hop.out, id};
    }
  }
  return std::nullopt;
}

}  // namespace ringside::net
