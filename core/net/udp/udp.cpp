// RFC 768 and RFC 1122 section 4.1.
#include "udp/udp.hpp"

#include <algorithm>
#include <utility>

#include "dropped.hpp"

namespace ringside::net {

using wire::ByteSpan;
using wire::ByteView;
using wire::UdpHeader;

Udp::Udp(const StackConfig& config, SipKey key, Output& output, Counters& counters)
    : key_{key}, output_{&output}, counters_{&counters} {
  reconfigure(config);
}

void Udp::reconfigure(const StackConfig& config) {
  config_ = config.udp;
  first_port_ = config.tcp.first_ephemeral_port;
  last_port_ = config.tcp.last_ephemeral_port;
  default_options_ = {
      .receive_buffer = config.udp.receive_buffer, .send_buffer = config.udp.send_buffer, .ttl = config.ttl};
}

namespace {

// RFC 768; of IPv6 the length does not count its header (RFC 8200 section 3).
std::size_t largest_payload(const IpAddress& to) {
  return 65535 - UdpHeader::size - (to.is_ipv4() ? wire::Ipv4Header::size : 0);
}

}  // namespace

Received Udp::receive(Time now, InterfaceId in, const IpHeader& ip, ByteView bytes) {
  const auto parsed = wire::parse_udp(bytes, ip.source, ip.destination);
  if (!parsed) return dropped(parsed.reason);
  const Endpoint from{ip.source, parsed.header.source_port};
  const auto id = socket_of({.local = {ip.destination, parsed.header.destination_port}, .remote = from}, in);
  if (!id) return dropped(DropReason::no_socket);

  Socket& socket = *sockets_.find(*id);
  const Bytes charge = Bytes{static_cast<std::int64_t>(parsed.payload.size())} + config_.datagram_overhead;
  if (socket.charged + charge > socket.options.receive_buffer) {
    return dropped(DropReason::socket_buffer_full, id);
  }
  socket.charged += charge;
  socket.octets.append(parsed.payload);
  socket.datagrams.push({from, parsed.payload.size(), {ip.destination, in, ip.type_of_service, ip.ttl, now}});
  ++counters_->datagrams_in;
  return {.verdict = Verdict::delivered,
          .socket = id,
          .payload_bytes = static_cast<std::uint32_t>(parsed.payload.size()),
          .readable = true};
}

// RFC 1122 section 4.1.3.3; Linux __udp4_lib_err(), __udp6_lib_err(): of errors that may pass, and of all
// that come to a socket without a peer, only who asks is told.
Received Udp::on_icmp_error(const Endpoint& local, const Endpoint& remote, const Unreachable& why) {
  const auto id = socket_of({.local = local, .remote = remote}, std::nullopt);
  if (!id) return dropped(DropReason::no_socket);
  Socket& socket = *sockets_.find(*id);
  const UdpSocketOptions& options = socket.options;
  const bool ipv4 = remote.address.is_ipv4();
  const bool asked = ipv4 ? options.receive_errors : options.ipv6.receive_errors;
  const bool ignored = why.error == Error::message_too_long &&
                       (ipv4 ? options.path_mtu : options.ipv6.path_mtu) == PathMtuDiscovery::dont;
  if (ignored || (!why.hard && !asked)) return {.socket = id};
  socket.error = why.error;
  return {.socket = id, .failed = true};
}

void Udp::transmitted(SocketId id, std::size_t octets) {
  if (Socket* socket = sockets_.find(id)) socket->being_sent -= Bytes{static_cast<std::int64_t>(octets)};
}

Error Udp::bind(SocketId id, Endpoint local) {
  Socket* socket = sockets_.find(id);
  if (!socket) return Error::bad_socket;
  if (socket->local || (!local.address.any() && !output_->owns(local.address)))
    return Error::invalid_argument;
  const bool only = socket->options.ipv6.only;
  if (local.port == 0) {
    // RFC 6056 section 3.3.1, made reproducible: a keyed hash of a counter in place of the random number.
    const auto start = static_cast<std::uint32_t>(siphash(key_, {ports_chosen_++}));
    const auto free = [&] { return LocalEnds{local, only}.free(bound_); };
    if (!choose_port(local.port, first_port_, last_port_, start, free)) return Error::no_ephemeral_port;
  }
  const LocalEnds ends{local, only};
  if (!may_share(*socket, ends)) return Error::address_in_use;
  if (socket->options.reuse_port) {
    socket->group = group_for(local, socket->options);
    socket->group->join(id);
  }
  shared_.insert(bound_, ends, id);
  socket->local = local;
  socket->hears_ipv6_only = only;
  return Error::none;
}

void Udp::unbind(SocketId id) {
  Socket* socket = sockets_.find(id);
  if (!socket || !socket->local) return;
  if (socket->group) std::exchange(socket->group, nullptr)->leave(id);
  shared_.erase(bound_, {*socket->local, socket->hears_ipv6_only}, id);
  socket->local.reset();
}

// udp_lib_rehash(): who was bound to any address has one now, and is no longer one of those who had none.
void Udp::set_peer(SocketId id, std::optional<Endpoint> peer) {
  Socket* socket = sockets_.find(id);
  if (!socket) return;
  socket->peer = peer;
  const bool named = peer && socket->local && socket->local->address.any();
  if (named && socket->group) std::exchange(socket->group, nullptr)->leave(id);
}

Error Udp::send_to(Time now, SocketId id, ByteView payload, Endpoint to) {
  Socket* socket = sockets_.find(id);
  if (!socket) return Error::bad_socket;
  if (payload.size() > largest_payload(to.address)) return Error::message_too_long;
  if (to.port == 0) return Error::invalid_argument;  // RFC 768: reserved
  auto path = output_->path_to(to.address, socket->options.device);
  if (!path) return Error::no_route;
  if (!socket->local) {
    if (const Error error = bind(id, {}); error != Error::none) return error;
  }
  if (!may_come_from(socket->local->address, to.address)) return Error::invalid_argument;
  const std::size_t bytes = UdpHeader::size + payload.size();
  if (socket->being_sent + Bytes{static_cast<std::int64_t>(bytes)} > socket->options.send_buffer)
    return Error::would_block;
  const UdpSocketOptions& options = socket->options;
  const bool ipv4 = to.address.is_ipv4();
  const PathMtuDiscovery discovery = ipv4 ? options.path_mtu : options.ipv6.path_mtu;
  const bool whole_only = discovery == PathMtuDiscovery::must || discovery == PathMtuDiscovery::probe;
  if (discovery == PathMtuDiscovery::probe) path->mtu = path->link_mtu;  // ip_sk_use_pmtu()
  const bool whole = path->header_size() + bytes <= path->mtu;
  if (whole_only && !whole) return Error::message_too_long;
  const ByteSpan datagram = output_->begin(*path, bytes);
  if (datagram.empty()) return Error::would_block;

  const IpAddress source = socket->local->address.any() ? path->source : socket->local->address;
  std::copy(payload.begin(), payload.end(), datagram.begin() + UdpHeader::size);
  wire::write(datagram, UdpHeader{socket->local->port, to.port}, source, to.address);
  IpHeader header = output_->header({options.type_of_service, options.ttl, options.ipv6},
                                    wire::IpProtocol::udp, {{source, socket->local->port}, to});
  const bool may_divide =
      discovery == PathMtuDiscovery::dont || (discovery == PathMtuDiscovery::want && path->divides);
  header.dont_fragment = whole && !may_divide;  // Linux ip_dont_fragment()
  const auto queued = output_->finish(now, *path, header, id);
  if (!queued.complete) return Error::would_block;
  socket->being_sent += Bytes{static_cast<std::int64_t>(queued.octets)};
  ++counters_->datagrams_out;
  return Error::none;
}

std::optional<Datagram> Udp::peek_from(SocketId id, ByteSpan out) const {
  const Socket* socket = sockets_.find(id);
  if (!socket || socket->datagrams.empty()) return std::nullopt;
  const Queued& datagram = socket->datagrams.front();
  const std::size_t octets = std::min(out.size(), datagram.octets);
  socket->octets.copy(0, out.first(octets));
  return Datagram{octets, datagram.from, octets < datagram.octets, datagram.how};
}

std::optional<Datagram> Udp::recv_from(SocketId id, ByteSpan out) {
  const auto read = peek_from(id, out);
  if (!read) return read;
  Socket& socket = *sockets_.find(id);
  const std::size_t octets = socket.datagrams.pop().octets;
  socket.octets.consume(octets);
  socket.charged -= Bytes{static_cast<std::int64_t>(octets)} + config_.datagram_overhead;
  return read;
}

bool Udp::close(SocketId id) {
  if (!sockets_.find(id)) return false;
  unbind(id);
  sockets_.erase(id);
  return true;
}

std::optional<std::size_t> Udp::readable(SocketId id) const {
  const Socket* socket = sockets_.find(id);
  if (!socket) return std::nullopt;
  return socket->datagrams.empty() ? 0 : socket->datagrams.front().octets;
}

std::optional<Error> Udp::error(SocketId id) const {
  const Socket* socket = sockets_.find(id);
  return socket ? std::optional{socket->error} : std::nullopt;
}

Error Udp::take_error(SocketId id) {
  Socket* socket = sockets_.find(id);
  return socket ? std::exchange(socket->error, Error::none) : Error::bad_socket;
}

void Udp::set_error(SocketId id, Error error) {
  if (Socket* socket = sockets_.find(id)) socket->error = error;
}

const UdpSocketOptions* Udp::options(SocketId id) const {
  const Socket* socket = sockets_.find(id);
  return socket ? &socket->options : nullptr;
}

void Udp::set_options(SocketId id, const UdpSocketOptions& options) {
  if (Socket* socket = sockets_.find(id)) socket->options = options;
}

std::optional<Endpoint> Udp::peer(SocketId id) const {
  const Socket* socket = sockets_.find(id);
  return socket ? socket->peer : std::nullopt;
}

Bytes Udp::sending(SocketId id) const {
  const Socket* socket = sockets_.find(id);
  return socket ? socket->being_sent : 0_B;
}

std::optional<Endpoint> Udp::local(SocketId id) const {
  const Socket* socket = sockets_.find(id);
  return socket ? std::optional{socket->local.value_or(Endpoint{})} : std::nullopt;
}

std::size_t Udp::datagrams(SocketId id) const {
  const Socket* socket = sockets_.find(id);
  return socket ? socket->datagrams.size() : 0;
}

}  // namespace ringside::net
