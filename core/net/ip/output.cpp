// Routing, fragmentation, address resolution and queueing of what leaves.
#include "ip/output.hpp"

#include <algorithm>

namespace ringside::net {

using wire::ArpOperation;
using wire::ArpPacket;
using wire::ByteSpan;
using wire::ByteView;
using wire::EthernetHeader;
using wire::EtherType;
using wire::Ipv4Header;

Output::Output(const StackConfig& config, SipKey key, Counters& counters)
    : neighbors{config.arp, config.ndp},
      queue{static_cast<std::size_t>(config.transmit_queue.count)},
      counters_{&counters},
      key_{key},
      ttl_{config.ttl} {}

std::optional<Path> Output::path_to(const IpAddress& destination, Device by) const {
  if (!destination.is_ipv4()) return path_to_ipv6(destination, by);
  if (destination.limited_broadcast()) {  // RFC 919 section 7: on the local link; here the first interface's
    if (interfaces.empty()) return std::nullopt;
    const InterfaceId local = by.value_or(InterfaceId{0});
    const Interface& out = interface(local);
    const auto mtu = static_cast<std::uint32_t>(out.mtu);
    return Path{.hop = {local, destination}, .source = out.address, .mtu = mtu, .link_mtu = mtu};
  }
  const auto hop = routes.lookup(destination, by);
  if (!hop) return std::nullopt;
  const Interface& out = interface(hop->out);
  const Ipv4Address source = out.loopback && owns(destination) ? destination.ipv4() : out.address;
  const auto link_mtu = static_cast<std::uint32_t>(out.mtu);
  return Path{.hop = *hop,
              .source = source,
              .mtu = path_mtus.of(destination, link_mtu),
              .link_mtu = link_mtu,
              .divides = path_mtus.divides(destination)};
}

std::optional<InterfaceId> Output::loopback() const {
  const auto found = std::find_if(interfaces.begin(), interfaces.end(),
                                  [](const Interface& interface) { return interface.loopback; });
  if (found == interfaces.end()) return std::nullopt;
  return static_cast<InterfaceId>(found - interfaces.begin());
}

void Output::take(const IpAddress& address) {
  if (const auto inside = loopback(); inside && !address.any())
    routes.add(alone(address), *inside, std::nullopt);
}

void Output::give_up(const IpAddress& address) {
  if (const auto inside = loopback()) routes.remove(alone(address), *inside, std::nullopt);
}

bool Output::owns(const IpAddress& address) const {
  return std::any_of(interfaces.begin(), interfaces.end(),
                     [&](const Interface& interface) { return interface.has(address); });
}

bool Output::owns(Ipv4Address address) const {
  return std::any_of(interfaces.begin(), interfaces.end(),
                     [&](const Interface& interface) { return interface.address == address; });
}

bool Output::broadcast(InterfaceId on, Ipv4Address address) const {
  if (address.limited_broadcast()) return true;
  const Interface& its = interface(on);
  if (its.prefix_length >= 31) return false;
  const std::uint32_t host_bits = ~std::uint32_t{0} >> its.prefix_length;
  return ((address.value() ^ its.address.value()) & ~host_bits) == 0 &&
         (address.value() & host_bits) == host_bits;
}

// RFC 6437 section 3: a label that is the same for all packets of a flow, and that nobody could guess.
IpHeader Output::header(const Wishes& wishes, wire::IpProtocol protocol, const Flow& flow) const {
  constexpr std::uint64_t of_flow_labels = 0x6437;  // not the hash of sequence numbers
  IpHeader header{.type_of_service = wishes.type_of_service,
                  .ttl = wishes.ttl,
                  .protocol = protocol,
                  .source = flow.local.address,
                  .destination = flow.remote.address};
  if (header.destination.is_ipv4()) return header;
  header.type_of_service = wishes.ipv6.traffic_class;
  header.ttl = wishes.ipv6.hop_limit.value_or(0);
  if (wishes.ipv6.flow_label)
    header.flow_label = siphash(key_, {flow.addresses(), flow.ports(), of_flow_labels}) & 0xfffff;
  return header;
}

ByteSpan Output::begin(const Path& path, std::size_t segment_bytes) {
  segment_bytes_ = segment_bytes;
  if (path.header_size() + segment_bytes <= path.mtu) {
    frame_ = queue.reserve(path.segment_at() + segment_bytes);
    return frame_.empty() ? frame_ : frame_.subspan(path.segment_at());
  }
  frame_ = {};
  if (large_.size() < segment_bytes) large_.resize(segment_bytes);
  return ByteSpan{large_}.first(segment_bytes);
}

Output::Queued Output::finish(Time now, const Path& path, IpHeader header, std::optional<SocketId> socket) {
  const bool whole = !frame_.empty(), ipv4 = header.destination.is_ipv4();
  // RFC 6864 section 4: it is for who puts fragments together.
  if (ipv4 && (!whole || !header.dont_fragment)) header.identification = next_identification(header);
  const ByteView large = ByteView{large_}.first(whole ? 0 : segment_bytes_);
  if (!whole && ipv4) return fragment(now, path, ipv4_header(header), large, socket);
  if (!whole) return fragment(now, path, ipv6_header(header, path.hop_limit), large, socket);
  if (!seal(now, path, header, frame_)) return {.complete = true};
  queue.commit(path.hop.out, socket);
  return {.complete = true, .octets = frame_.size()};
}

bool Output::seal(Time now, const Path& path, const IpHeader& header, ByteSpan frame) {
  const ByteSpan packet = frame.subspan(packet_at);
  if (header.destination.is_ipv4())
    wire::write(packet, ipv4_header(header), packet.size() - Ipv4Header::size);
  else
    wire::write(packet, ipv6_header(header, path.hop_limit), packet.size() - wire::Ipv6Header::size);
  return hand_over(now, path, frame);
}

// To the neighbor, if its address is known.
bool Output::hand_over(Time now, const Path& path, ByteSpan frame) {
  const Addressed addressed = address(now, path.hop, frame);
  if (addressed.reason != DropReason::none) counters_->drop(addressed.reason);
  return addressed.ready;
}

Output::Addressed Output::address(Time now, NextHop hop, ByteSpan frame) {
  const MacAddress from = interface(hop.out).mac;
  const bool ipv4 = hop.address.is_ipv4();
  const EtherType type = ipv4 ? EtherType::ipv4 : EtherType::ipv6;
  if (interface(hop.out).loopback) {  // RFC 1122 section 3.2.1.3 (g), RFC 4291 section 2.5.3
    wire::write(frame, EthernetHeader{from, from, type});
    return {.ready = true};
  }
  const bool to_group = !ipv4 && hop.address.multicast();
  if (to_group || broadcast(hop.out, hop.address)) {
    wire::write(frame, EthernetHeader{to_group ? multicast_mac(hop.address) : broadcast_mac, from, type});
    return {.ready = true};
  }
  const Neighbor neighbor{hop.out, hop.address};
  const auto mac = neighbors.resolve(now, neighbor);
  wire::write(frame, EthernetHeader{mac.value_or(MacAddress{}), from, type});
  const bool kept = mac || neighbors.park(neighbor, frame);
  return {.ready = mac.has_value(), .reason = kept ? DropReason::none : DropReason::neighbor_queue_full};
}

Output::Queued Output::fragment(Time now, const Path& path, Ipv4Header header, ByteView segment,
                                std::optional<SocketId> socket) {
  const std::size_t most = (path.mtu - Ipv4Header::size) / 8 * 8;
  const std::size_t first_offset = header.fragment_offset;
  const bool more_behind = header.more_fragments;
  // All or nothing: a datagram that lacks a piece only costs the receiver's memory.
  const std::size_t whole_pieces = (segment.size() - 1) / most;
  const std::size_t needed = whole_pieces * FrameQueue::footprint(path.segment_at() + most) +
                             FrameQueue::footprint(path.segment_at() + segment.size() - whole_pieces * most);
  if (!queue.has_room_for(needed)) return {.complete = false};
  Queued queued{.complete = true};
  for (std::size_t at = 0; at < segment.size(); at += most) {
    const ByteView piece = segment.subspan(at, std::min(most, segment.size() - at));
    const ByteSpan frame = queue.reserve(path.segment_at() + piece.size());
    header.fragment_offset = static_cast<std::uint16_t>(first_offset + at);
    header.more_fragments = more_behind || at + piece.size() < segment.size();
    std::copy(piece.begin(), piece.end(), frame.subspan(path.segment_at()).begin());
    wire::write(frame.subspan(packet_at), header, piece.size());
    ++counters_->fragments_out;
    if (!hand_over(now, path, frame)) continue;
    queue.commit(path.hop.out, socket);
    queued.octets += frame.size();
  }
  return queued;
}

bool Output::send_arp(InterfaceId out, ArpOperation operation, MacAddress to, Ipv4Address target) {
  const ByteSpan frame = queue.reserve(EthernetHeader::size + ArpPacket::size);
  if (frame.empty()) return counters_->drop(DropReason::transmit_queue_full), false;
  const Interface& from = interface(out);
  const MacAddress target_mac = operation == ArpOperation::request ? MacAddress{} : to;
  wire::write(frame, EthernetHeader{to, from.mac, EtherType::arp});
  wire::write(frame.subspan(packet_at), ArpPacket{operation, from.mac, from.address, target_mac, target});
  queue.commit(out, std::nullopt);
  return true;
}

void Output::send_parked(InterfaceId out, MacAddress to, std::span<const Neighbors::Frame> frames) {
  for (const Neighbors::Frame& parked : frames) {
    const ByteSpan frame = queue.reserve(parked.size());
    if (frame.empty()) {
      counters_->drop(DropReason::transmit_queue_full);
      continue;
    }
    std::copy(parked.begin(), parked.end(), frame.begin());
    wire::store_mac(frame, 0, to);
    queue.commit(out, std::nullopt);
  }
}

std::uint16_t Output::next_identification(const IpHeader& header) {
  const std::uint64_t addresses =
      std::uint64_t{header.source.ipv4().value()} << 32 | header.destination.ipv4().value();
  const std::uint64_t hash = siphash(key_, {addresses, static_cast<std::uint64_t>(header.protocol)});
  return static_cast<std::uint16_t>((hash >> 16) + identifications_[hash % identifications_.size()]++);
}

}  // namespace ringside::net
