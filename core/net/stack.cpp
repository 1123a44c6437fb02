// The way out: what is due, what is queued, then what TCP has to say. And the public face but for the
// sockets, which are in stack_sockets.cpp.
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
      error_rate{with},
      icmp{with, error_rate, output, counters},
      icmpv6{error_rate, output, counters},
      claims{with.claims, output, counters},
      ndp{with, output, counters},
      udp{with, key, output, counters},
      tcp{with, key, output, counters} {}

void Stack::Layers::run_due(Time now) {
  if (next_timer() > now) return;
  while (auto due = output.neighbors.next_due(now)) {
    if (due->ask && due->neighbor.address.is_ipv4())
      output.send_arp(due->neighbor.interface, wire::ArpOperation::request,
                      due->known.value_or(broadcast_mac), due->neighbor.address.ipv4());
    else if (due->ask)
      ndp.ask(now, due->neighbor, due->known);
    else
      lose(due->neighbor);
    for (const Neighbors::Frame& frame : due->failed) {
      counters.drop(DropReason::neighbor_unreachable);
      tell_source(now, ByteView{frame}.subspan(packet_at),
                  {wire::IcmpType::destination_unreachable, wire::unreachable::host},
                  {wire::Icmpv6Type::destination_unreachable, wire::unreachable_v6::address});
    }
  }
  while (const auto expired = reassembly.next_expired(now)) {
    counters.drop(DropReason::fragment_timeout);
    if (!expired->empty())
      tell_source(now, *expired, {wire::IcmpType::time_exceeded, wire::exceeded::reassembly},
                  {wire::Icmpv6Type::time_exceeded, wire::exceeded_v6::reassembly});
  }
  claims.run_due(now);
  ndp.run_due(now);
  output.path_mtus.forget_old(now);
  tcp.run_timers(now);
}

void Stack::Layers::lose(const Neighbor& neighbor) {
  output.redirects.forget(neighbor.interface, neighbor.address);
  ndp.on_failure(neighbor);
}

// Of a packet that was kept for a while, by the way it came, if it was not our own.
void Stack::Layers::tell_source(Time now, ByteView packet, const wire::IcmpHeader& ipv4,
                                const Icmpv6::Problem& ipv6) {
  const bool is_ipv4 = packet[0] >> 4 == 4;
  const IpAddress source =
      is_ipv4 ? IpAddress{wire::parse_ipv4(packet).header.source} : wire::parse_ipv6(packet).header.source;
  const auto back = output.path_to(source);
  if (!back || output.owns(source)) return;
  if (is_ipv4)
    icmp.send_error(now, back->hop.out, ipv4.type, ipv4.code, packet);
  else
    icmpv6.send_error(now, back->hop.out, ipv6, packet);
}

std::optional<Transmitted> Stack::Layers::transmit(Time now, ByteSpan out) {
  std::optional<Transmitted> sent;
  do {  // a segment that must wait for its neighbor leaves a request to be sent instead; others stay inside
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
    if (sent && output.interface(sent->interface).loopback) {
      on_frame(now, sent->interface, out.first(sent->bytes));
      sent.reset();
    }
    tcp.correct_earliest();
  } while (!sent && deadline() <= now);
  if (!sent) return sent;
  ++counters.frames_out;
  const VlanTags& tags = output.interface(sent->interface).vlan;
  if (tags.count > 0) sent->bytes = wire::insert_tags(out, sent->bytes, tags);
  return sent;
}

Time Stack::Layers::deadline() const {
  return !output.queue.empty() || tcp.anything_ready() ? start_of_time : next_timer();
}

Time Stack::Layers::next_timer() const {
  return std::min({tcp.deadline(), output.neighbors.deadline(), reassembly.deadline(), ndp.deadline(),
                   claims.deadline(), output.path_mtus.deadline()});
}

Stack::Stack(StackConfig config) : layers_{(check(config), std::make_unique<Layers>(config))} {}
Stack::~Stack() = default;
Stack::Stack(Stack&&) noexcept = default;
Stack& Stack::operator=(Stack&&) noexcept = default;

InterfaceId Stack::add_interface(const InterfaceConfig& config) {
  check(config);
  Output& output = layers_->output;
  const auto id = static_cast<InterfaceId>(output.interfaces.size());
  output.interfaces.push_back({config, {}, layers_->config.ttl, static_cast<std::uint32_t>(config.mtu)});
  if (!config.address.any()) output.routes.add({config.address, config.prefix_length}, id, std::nullopt);
  output.take(config.address);
  return id;
}

// RFC 1122 section 3.2.1.3 (g), RFC 4291 section 2.5.3.
InterfaceId Stack::add_loopback(int mtu) {
  Output& output = layers_->output;
  const InterfaceId id =
      add_interface({.address = Ipv4Address{127, 0, 0, 1}, .prefix_length = 8, .mtu = mtu});
  add_address(id, IpAddress::ipv6({0, 0, 0, 0, 0, 0, 0, 1}), 128);
  output.interface(id).loopback = true;
  for (const Interface& interface : output.interfaces) {
    output.take(interface.address);
    for (const Ipv6Assignment& own : interface.ipv6)
      if (!own.tentative) output.take(own.address);
  }
  return id;
}

void Stack::add_address(InterfaceId interface, const IpAddress& address, int prefix_length) {
  Output& output = layers_->output;
  check_interface(interface, output.interfaces.size());
  check_address(output.interface(interface), address, prefix_length);
  output.interface(interface).ipv6.push_back({.address = address});
  output.routes.add({address, prefix_length}, interface, std::nullopt);
  output.take(address);
}

void Stack::autoconfigure(Time now, InterfaceId interface) {
  check_interface(interface, layers_->output.interfaces.size());
  check_ipv6(layers_->output.interface(interface));
  layers_->ndp.autoconfigure(now, interface);
}

void Stack::add_route(const IpAddress& network, int prefix_length, InterfaceId out,
                      std::optional<IpAddress> gateway) {
  const bool any_ipv4 = network == IpAddress{} && gateway && gateway->is_ipv4();
  const Prefix prefix{any_ipv4 ? Ipv4Address{} : network, prefix_length};
  check_prefix(prefix.network, prefix_length, gateway);
  check_interface(out, layers_->output.interfaces.size());
  layers_->output.routes.add(prefix, out, gateway);
}

void Stack::add_neighbor(InterfaceId interface, const IpAddress& address, MacAddress mac) {
  Output& output = layers_->output;
  check_interface(interface, output.interfaces.size());
  output.send_parked(interface, mac, output.neighbors.add_permanent({interface, address}, mac));
}

void Stack::claim_address(Time now, InterfaceId interface, Ipv4Address address, int prefix_length) {
  const Output& output = layers_->output;
  check_interface(interface, output.interfaces.size());
  check_claim(output.interface(interface), address, prefix_length);
  layers_->claims.claim(now, interface, address, prefix_length);
}

void Stack::announce(InterfaceId interface) {
  check_interface(interface, layers_->output.interfaces.size());
  layers_->claims.announce(interface);
}

void Stack::reconfigure(const StackConfig& config) {
  StackConfig with = layers_->config;
  with.tcp = config.tcp;
  with.udp = config.udp;
  with.sockets = config.sockets;
  with.ttl = config.ttl;
  with.flow_label_reflection = config.flow_label_reflection;
  check(with);
  layers_->config = with;
  layers_->tcp.reconfigure(with);
  layers_->udp.reconfigure(with);
}

const StackConfig& Stack::config() const { return layers_->config; }
bool Stack::owns(const IpAddress& address) const { return layers_->output.owns(address); }
std::optional<Reached> Stack::way_to(const IpAddress& address, Device by) const {
  const auto path = layers_->output.path_to(address, by);
  if (!path) return std::nullopt;
  return Reached{path->source, static_cast<int>(path->mtu),
                 layers_->output.broadcast(path->hop.out, address)};
}

std::string Stack::name_of(InterfaceId device) const {
  const Interface& interface = layers_->output.interface(device);
  if (interface.loopback) return "lo";
  return interface.name.empty() ? "eth" + std::to_string(static_cast<std::uint32_t>(device)) : interface.name;
}

Device Stack::device_named(std::string_view name) const {
  const auto count = static_cast<std::uint32_t>(layers_->output.interfaces.size());
  for (std::uint32_t i = 0; i < count; ++i)
    if (name_of(InterfaceId{i}) == name) return InterfaceId{i};
  return std::nullopt;
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

bool Stack::ping(Time now, const IpAddress& to, std::uint16_t id, std::uint16_t sequence,
                 std::uint16_t payload_bytes) {
  std::vector<std::uint8_t> payload(payload_bytes);
  for (std::size_t i = 0; i < payload.size(); ++i) payload[i] = static_cast<std::uint8_t>(i);
  if (to.is_ipv4())
    return layers_->icmp.ping(now, to, {wire::IcmpType::echo_request, 0, id, sequence}, payload);
  const std::uint32_t rest = std::uint32_t{id} << 16 | sequence;
  return layers_->icmpv6.ping(now, to, {wire::Icmpv6Type::echo_request, 0, rest}, payload);
}

std::optional<EchoReply> Stack::recv_echo() { return layers_->icmp.recv_echo(); }

const Counters& Stack::counters() const { return layers_->counters; }

}  // namespace ringside::net
