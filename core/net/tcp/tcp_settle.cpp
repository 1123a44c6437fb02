// What follows from a change of a connection: replies, timers, readiness and the end. And the choice of
// initial values.
#include <algorithm>
#include <utility>

#include "tcp/tcp.hpp"

namespace ringside::net {

using wire::ByteView;

void Tcp::settle(Time now, SocketId id) {
  const Connection& connection = connections_.find(id)->connection;
  if (connection.fast_open().early) leave_fast_open_queue(now, id);
  if (connection.state() == TcpState::closed) {
    unlink(id);
    if (connection.orphaned()) watch_end_of_fast_open(now, connection), destroy(id);
    return;
  }
  if (windows_watched_) tell_window(id);
  if (connection.ack_now(now)) acknowledge(now, id);
  if (connection.anything_to_send()) make_ready(id);
  arm(id);
}

// What tells of a gap is not put off: each duplicate counts for the sender (RFC 5681 section 3.2).
void Tcp::acknowledge(Time now, SocketId id) {
  const bool may_wait = !connections_.find(id)->connection.receiver().ack_must_be_bare();
  if (in_train_ && may_wait)
    owes_ack_ = id;
  else
    send_ack(now, id);
}

// The connection may have acknowledged in passing by now, or be gone.
void Tcp::end_train(Time now) {
  in_train_ = false;
  if (const auto id = std::exchange(owes_ack_, std::nullopt); id && connections_.find(*id)) settle(now, *id);
}

void Tcp::destroy(SocketId id) {
  unlink(id);
  connections_.erase(id);
}

// A dead connection that its application still holds has given up its end points: another may have them by
// now.
void Tcp::unlink(SocketId id) {
  const Flow& flow = connections_.find(id)->connection.flow();
  if (const SocketId* owner = flows_.find(flow); owner && *owner == id) flows_.erase(flow);
  timers_.cancel(connections_.place_of(id));
  if (windows_watched_) tell_closed(id);
}

WindowChange& Tcp::told_window(SocketId id) {
  const std::size_t place = connections_.place_of(id);
  if (place >= told_windows_.size()) told_windows_.resize(place + 1);
  return told_windows_[place];
}

// What several segments have done since is told as one change, for the last reason.
void Tcp::tell_window(SocketId id) {
  const Sender& sender = connections_.find(id)->connection.sender();
  WindowChange& told = told_window(id);
  const WindowChange now{.connection = connections_.place_of(id) + 1,
                         .cwnd = sender.window(),
                         .ssthresh = sender.threshold(),
                         .reason = sender.congestion().reason()};
  const bool open = now.cwnd.count > 0;
  if (!open || (now.cwnd == told.cwnd && now.ssthresh == told.ssthresh)) return;
  window_changes_.push(told = now);
}

void Tcp::tell_closed(SocketId id) {
  WindowChange& told = told_window(id);
  if (told.cwnd.count == 0) return;
  window_changes_.push({.connection = told.connection, .reason = WindowReason::closed});
  told = {};
}

std::optional<WindowChange> Tcp::take_window_change() {
  if (window_changes_.empty()) return std::nullopt;
  return window_changes_.pop();
}

// An ACK moves the retransmission time-out, nearly always to later. The heap is left alone then; only the
// entry that is due next must be right, and correct_earliest() sees to that.
void Tcp::arm(SocketId id) {
  const Time at = connections_.find(id)->connection.deadline();
  const std::uint32_t place = connections_.place_of(id);
  if (at < timers_.deadline(place)) timers_.set(place, at);
}

void Tcp::correct_earliest() {
  while (!timers_.empty()) {
    const std::uint32_t place = timers_.earliest_key();
    const Time at = connections_.at(place).connection.deadline();
    if (at == timers_.earliest()) return;
    at < end_of_time ? timers_.set(place, at) : timers_.cancel(place);
  }
}

void Tcp::run_timers(Time now) {
  run_requests(now);
  while (timers_.earliest() <= now) {
    const std::uint32_t place = timers_.earliest_key();
    const SocketId id = connections_.id_at(place);
    Connection& connection = connections_.at(place).connection;
    timers_.cancel(place);
    const int tries = connection.sender().tries();
    const Connection::Due due = connection.on_deadline(now);
    watch_fast_open(now, connection, tries);
    if (due == Connection::Due::probe) send_probe(now, id);
    if (due == Connection::Due::reset) send_reset(now, id);
    if (!connection.orphaned() && connection.state() == TcpState::closed && connection.error() != Error::none)
      timed_out_.push(id);
    settle(now, id);
  }
}

std::optional<SocketId> Tcp::take_timed_out() {
  if (timed_out_.empty()) return std::nullopt;
  return timed_out_.pop();
}

void Tcp::make_ready(SocketId id) {
  Socket& socket = *connections_.find(id);
  if (socket.ready) return;
  socket.ready = true;
  ready_.push(id);
}

void Tcp::send_ack(Time now, SocketId id) {
  Connection& connection = connections_.find(id)->connection;
  std::array<std::uint8_t, Connection::max_bare_segment> bytes;
  const std::size_t written = connection.write_ack(now, bytes);
  send_bare(now, ip_header(connection), ByteView{bytes}.first(written), id);
}

void Tcp::send_probe(Time now, SocketId id) {
  Connection& connection = connections_.find(id)->connection;
  std::array<std::uint8_t, Connection::max_bare_segment> bytes;
  const std::size_t written = connection.write_probe(now, bytes);
  send_bare(now, ip_header(connection), ByteView{bytes}.first(written), id);
}

void Tcp::send_reset(Time now, SocketId id) {
  Connection& connection = connections_.find(id)->connection;
  std::array<std::uint8_t, Connection::max_bare_segment> bytes;
  const std::size_t written = connection.write_reset(now, bytes);
  ++counters_->resets_out;
  send_bare(now, ip_header(connection), ByteView{bytes}.first(written), std::nullopt);
}

// ACKs and resets are made when they are decided and wait in the queue: a batch of frames received at once is
// answered by the same segments as if each had been answered before the next came.
void Tcp::send_bare(Time now, const IpHeader& header, ByteView segment, std::optional<SocketId> socket) {
  const auto path = output_->path_to(header.destination);
  if (!path) return counters_->drop(DropReason::no_route);
  const wire::ByteSpan room = output_->begin(*path, segment.size());
  if (room.empty()) return counters_->drop(DropReason::transmit_queue_full);
  std::copy(segment.begin(), segment.end(), room.begin());
  ++counters_->segments_out;
  output_->finish(now, *path, header, socket);
}

// RFC 1191 section 6.3: TCP finds the path's MTU by forbidding fragmentation. RFC 6864 section 4.1: such a
// packet needs no identification. Linux ip_dont_fragment(): unless the socket wants to know nothing of it.
IpHeader Tcp::ip_header(const Flow& flow, const TcpSocketOptions& options) const {
  IpHeader header =
      output_->header({options.type_of_service, options.ttl, options.ipv6}, wire::IpProtocol::tcp, flow);
  header.dont_fragment =
      options.path_mtu == PathMtuDiscovery::want || options.path_mtu == PathMtuDiscovery::must;
  return header;
}

// RFC 3168 section 6.1: of the octet in which the application may say how its packets are to be treated, two
// bits are TCP's.
IpHeader Tcp::ip_header(const Connection& connection) const {
  IpHeader header = ip_header(connection.flow(), connection.options());
  if (connection.path_divides() && connection.options().path_mtu == PathMtuDiscovery::want)
    header.dont_fragment = false;
  if (connection.flow_label() != 0) header.flow_label = connection.flow_label();
  if (connection.ecn().agreed() || connection.last_field() != EcnField::not_ect)
    header.type_of_service = with_ecn(header.type_of_service, connection.last_field());
  return header;
}

// There must be a place: full() is asked before.
SocketId Tcp::create(const Flow& flow, const TcpSocketOptions& options, SeqNum iss, std::uint32_t mtu) {
  const SocketId id = *connections_.emplace(
      config_, option_copies_.of(options), *counters_,
      Connection::Identity{.flow = flow, .iss = iss, .timestamp_offset = timestamp_offset(flow), .mtu = mtu});
  flows_.insert(flow, id);
  return id;
}

// RFC 7323 section 7.1: what a host stamps does not tell its uptime.
std::uint32_t Tcp::timestamp_offset(const Flow& flow) const {
  return static_cast<std::uint32_t>(siphash(key_, {flow.addresses()}));
}

// RFC 6528 section 3: a clock of 4 us plus a keyed hash of the end points.
SeqNum Tcp::initial_sequence(Time now, const Flow& flow) const {
  const auto clock = static_cast<std::uint64_t>(now.time_since_epoch() / Duration{4us});
  return SeqNum{static_cast<std::uint32_t>(clock + siphash(key_, {flow.addresses(), flow.ports()}))};
}

}  // namespace ringside::net
