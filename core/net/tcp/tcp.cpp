// Segments in and out. Listeners: tcp_listen.cpp; the sockets' calls: tcp_calls.cpp; timers, replies and the
// end: tcp_settle.cpp.
#include "tcp/tcp.hpp"

#include <algorithm>

#include "dropped.hpp"

namespace ringside::net {

using wire::ByteSpan;
using wire::ByteView;

Tcp::Tcp(const StackConfig& config, SipKey key, Output& output, Counters& counters)
    : config_{config.tcp},
      default_options_{socket_options(config)},
      reflection_{config.flow_label_reflection},
      key_{key},
      output_{&output},
      counters_{&counters},
      cookies_{key},
      fast_open_cookies_{key, config_.fast_open},
      fast_open_cache_{config_.fast_open} {}

Received Tcp::receive(Time now, const IpHeader& ip, ByteView bytes, const Below& below) {
  const auto parsed = wire::parse_tcp(bytes, ip.source, ip.destination);
  if (!parsed) return dropped(parsed.reason);
  ++counters_->segments_in;
  if (parsed.header.flags.rst) ++counters_->resets_in;

  const RawHeaders raw{below.link, below.network, bytes.first(bytes.size() - parsed.payload.size())};
  const Segment segment{parsed.header,      parsed.payload, ecn_field(ip.type_of_service),
                        ip.type_of_service, ip.flow_label,  &raw};
  const Flow flow{.local = {ip.destination, parsed.header.destination_port},
                  .remote = {ip.source, parsed.header.source_port}};
  const SocketId* known = flows_.find(flow);
  if (known && !may_come_by(*known, below.in)) return refuse(now, flow, segment, DropReason::no_socket);
  if (parsed.header.options.signature && hears(known, flow.local, below.in))
    return dropped(DropReason::unexpected_signature);
  if (const Request* request = known ? requests_.find(*known) : nullptr) {
    if (listening(request->listener) || inherit(*known)) return on_request(now, *known, segment);
    forget(*known);
    known = nullptr;
  }
  const auto listener = !known || replaces(*known, segment) ? listener_of(flow, below.in) : std::nullopt;
  if (listener) return on_listener(now, *listener, flow, segment);
  if (known) return dispatch(now, *known, segment);
  const bool syn = segment.flags().syn && !segment.flags().ack;
  const bool ignored = config_.closed_ports == ClosedPorts::ignore_all ||
                       (config_.closed_ports == ClosedPorts::ignore_syns && syn);
  if (ignored) return dropped(DropReason::no_socket);
  return refuse(now, flow, segment, DropReason::no_socket);
}

// inet_match(): what comes by another device than that to which a socket is bound is not for it.
bool Tcp::may_come_by(SocketId known, InterfaceId in) {
  if (const Connection* connection = find(known)) return may_meet(connection->options().device, in);
  const Request* request = requests_.find(known);
  const Listener* listener = request ? listeners_.find(request->listener) : nullptr;
  return !listener || may_meet(listener->options.device, in);
}

// tcp_inbound_hash(), for sockets without keys: who signs (RFC 2385, RFC 5925) is not to be taken for who
// does not. TIME-WAIT does not look, and where nobody is the reset tells.
bool Tcp::hears(const SocketId* known, const Endpoint& local, Device in) const {
  if (!known) return listener_of({.local = local}, in).has_value();
  const Socket* socket = connections_.find(*known);
  return !socket || socket->connection.state() != TcpState::time_wait;
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

Received Tcp::dispatch(Time now, SocketId id, const Segment& segment) {
  Connection& connection = connections_.find(id)->connection;
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
  if (arrival.opened) learn_fast_open(now, connection, segment);
  if (arrival.acknowledged) output_->confirm(now, connection.flow().remote.address);
  if (arrival.overdue) send_overdue(now, id, *arrival.overdue);
  if (arrival.reply == Arrival::Reply::ack) send_ack(now, id);
  if (arrival.reply == Arrival::Reply::challenge && may_challenge(now)) {
    ++counters_->challenge_acks;
    send_ack(now, id);
  }
  if (arrival.reply == Arrival::Reply::reset) refuse(now, connection.flow(), segment, DropReason::none);
  if (arrival.reply == Arrival::Reply::abort) send_reset(now, id);
  settle(now, id);
  return received;
}

// RFC 5961 section 7: a limit for all connections together, which nobody can count by what is left of it:
// tcp_send_challenge_ack(), since CVE-2016-5696.
bool Tcp::may_challenge(Time now) {
  if (!config_.challenge_acks) return true;
  const auto limit = static_cast<std::uint32_t>(*config_.challenge_acks);
  const auto second = static_cast<std::uint64_t>(now.time_since_epoch() / Duration{1s});
  if (second != challenge_second_) {
    challenge_second_ = second;
    challenges_left_ = (limit + 1) / 2 + static_cast<std::uint32_t>(siphash(key_, {second}) % limit);
  }
  if (challenges_left_ == 0) return false;
  --challenges_left_;
  return true;
}

// RFC 9293 section 3.10.7.1: a reset that the sender of the segment will believe, and that is treated on its
// way as the segment was: tcp_v4_send_reset(), tcp_v6_send_reset().
Received Tcp::refuse(Time now, const Flow& flow, const Segment& segment, DropReason reason) {
  if (segment.flags().rst) return dropped(reason);
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
  IpHeader ip = ip_header(flow, default_options_);
  ip.type_of_service = with_ecn(segment.type_of_service, EcnField::not_ect);
  const bool reflects = reflection_.resets && reason == DropReason::no_socket;
  if (reflects && segment.flow_label != 0) ip.flow_label = segment.flow_label;  // RFC 7690
  send_bare(now, ip, bytes, std::nullopt, std::nullopt);
  return dropped(reason);
}

// RFC 9293 section 3.9.2.2.
Received Tcp::on_icmp_error(Time now, const IcmpError& error) {
  const SocketId* id = flows_.find(error.flow);
  if (id && requests_.find(*id)) return on_icmp_error_of_request(*id, error);
  Socket* socket = id ? connections_.find(*id) : nullptr;
  if (!socket) return dropped(DropReason::no_socket);
  Connection& connection = socket->connection;
  const SendSpace& snd = connection.sender().snd();
  const bool in_flight = error.seq.at_or_after(snd.una) && error.seq.before(snd.nxt);
  if (!in_flight)  // RFC 5927 section 4.1: forged
    return dropped(DropReason::out_of_window, *id);

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
    const auto path = socket ? output_->path_to(socket->connection.flow().remote.address,
                                                socket->connection.options().device)
                             : std::nullopt;
    const std::size_t bytes = path ? socket->connection.write_next(now, out.subspan(path->segment_at())) : 0;
    if (bytes == 0) {
      ready_.pop();
      if (socket) socket->ready = false, arm(id);
      continue;
    }
    if (windows_watched_) tell_window(id);  // RFC 5681 section 4.1: after a long silence it starts anew
    ++counters_->segments_out;
    const ByteSpan frame = out.first(path->segment_at() + bytes);
    if (output_->seal(now, *path, ip_header(socket->connection), frame)) {
      return Transmitted{frame.size(), path->hop.out, id};
    }
  }
  return std::nullopt;
}

}  // namespace ringside::net
