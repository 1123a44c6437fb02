// The sockets' calls: what an application asks of a connection or a listener.
#include <algorithm>

#include "tcp/tcp.hpp"

namespace ringside::net {

using wire::ByteSpan;
using wire::ByteView;

Result<SocketId> Tcp::connect(Time now, Endpoint remote, Endpoint local, const TcpSocketOptions& options) {
  const auto id = prepare(now, remote, local, options);
  if (!id) return id;
  connections_.find(*id)->connection.open(now);
  settle(now, *id);
  return id;
}

// A connection that has not sent its SYN yet.
Result<SocketId> Tcp::prepare(Time now, Endpoint remote, Endpoint local, const TcpSocketOptions& options) {
  const auto path = output_->path_to(remote.address, options.device);
  if (!path) return {.error = Error::no_route};
  Flow flow{.local = local, .remote = remote};
  if (local.address.any()) flow.local.address = path->source;
  const bool possible = may_come_from(local.address, remote.address) && output_->owns(flow.local.address);
  if (!possible || remote.port == 0) return {.error = Error::invalid_argument};
  if (local.port == 0) {
    // RFC 6056 section 3.3.3: from a place that depends on the remote end, each time one further.
    const auto offset = static_cast<std::uint32_t>(siphash(key_, {flow.addresses(), flow.remote.port}));
    const bool found = choose_port(flow.local.port, config_.first_ephemeral_port, config_.last_ephemeral_port,
                                   offset + ports_chosen_++, [&] { return !flows_.find(flow); });
    if (!found) return {.error = Error::no_ephemeral_port};
  }
  SeqNum iss = initial_sequence(now, flow);
  if (const SocketId* taken = flows_.find(flow)) {
    const Socket* before = connections_.find(*taken);
    if (!before || !before->connection.may_be_succeeded(now)) return {.error = Error::address_in_use};
    iss = succeed(now, *taken);
  }
  if (connections_.full()) return {.error = Error::too_many_sockets};
  return {create(flow, options, iss, *path)};
}

Result<SocketId> Tcp::listen(Endpoint local, int backlog, const TcpSocketOptions& options) {
  if (local.port == 0 || (!local.address.any() && !output_->owns(local.address))) {
    return {.error = Error::invalid_argument};
  }
  const LocalEnds ends{local, options.ipv6.only};
  for (const Endpoint& end : ends)
    for (const SocketId other : shared_.of(flows_, end))
      if (const TcpSocketOptions& its = listeners_.find(other)->options;
          may_meet(its.device, options.device) && !(its.reuse_port && options.reuse_port))
        return {.error = Error::address_in_use};
  const auto id = listeners_.emplace(Listener{.local = local,
                                              .hears_ipv6_only = options.ipv6.only,
                                              .options = options,
                                              .backlog = static_cast<std::size_t>(std::max(backlog, 0))});
  if (!id) return {.error = Error::too_many_sockets};
  if (options.reuse_port) {
    const ReusePort group = group_for(local, options);
    listeners_.find(*id)->group = group;
    group->join(*id);
  }
  shared_.insert(flows_, ends, *id);
  return {id};
}

std::optional<SocketId> Tcp::accept(SocketId id) {
  Listener* listener = listeners_.find(id);
  while (listener && !listener->accepted.empty()) {
    const SocketId connection = listener->accepted.pop();
    if (Socket* socket = connections_.find(connection)) return socket->connection.accepted(), connection;
  }
  return std::nullopt;
}

std::size_t Tcp::acceptable(SocketId id) const {
  const Listener* listener = listeners_.find(id);
  return listener ? listener->accepted.size() : 0;
}

void Tcp::set_backlog(SocketId id, int backlog) {
  if (Listener* listener = listeners_.find(id))
    listener->backlog = static_cast<std::size_t>(std::max(backlog, 0));
}

std::size_t Tcp::send(Time, SocketId id, ByteView octets, bool more) {
  Socket* socket = connections_.find(id);
  if (!socket) return 0;
  const std::size_t taken = socket->connection.send(octets, more);
  if (taken > 0) make_ready(id);
  return taken;
}

void Tcp::mark_urgent(SocketId id) {
  if (Socket* socket = connections_.find(id)) socket->connection.mark_urgent();
}

std::optional<std::uint8_t> Tcp::urgent_octet(SocketId id, bool take) {
  Socket* socket = connections_.find(id);
  return socket ? socket->connection.urgent_octet(take) : std::nullopt;
}

void Tcp::note_writer(SocketId id) {
  if (Socket* socket = connections_.find(id)) socket->connection.note_writer();
}

void Tcp::note_shortage(SocketId id) {
  if (Socket* socket = connections_.find(id)) socket->connection.note_shortage();
}

void Tcp::take_error(SocketId id) {
  if (Socket* socket = connections_.find(id)) socket->connection.take_error();
}

void Tcp::end_record(SocketId id) {
  if (Socket* socket = connections_.find(id)) socket->connection.end_record();
}

ByteView Tcp::saved_syn(SocketId id) const {
  const SavedSyn* syn = find(id) ? saved_syns_.find({connections_.place_of(id)}) : nullptr;
  return syn ? ByteView{**syn} : ByteView{};
}

void Tcp::forget_syn(SocketId id) {
  if (find(id)) saved_syns_.erase({connections_.place_of(id)});
}

std::size_t Tcp::recv(Time now, SocketId id, ByteSpan out) {
  Socket* socket = connections_.find(id);
  if (!socket) return 0;
  const std::size_t octets = socket->connection.recv(now, out);
  if (socket->connection.ack_now(now)) send_ack(now, id);
  return octets;
}

std::size_t Tcp::discard(Time now, SocketId id, std::size_t octets) {
  Socket* socket = connections_.find(id);
  if (!socket) return 0;
  octets = std::min(octets, socket->connection.receiver().readable());
  socket->connection.discard(now, octets);
  if (socket->connection.ack_now(now)) send_ack(now, id);
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
  if (listening(id)) return stop_listening(now, id);
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
  socket->connection.set_options(now, option_copies_.of(options));
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
