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
    : neighbors{config.arp},
      queue{static_cast<std::size_t>(config.transmit_queue.count)},
      counters_{&counters},
      key_{key},
      ttl_{config.ttl} {}

std::optional<Path> Output::path_to(Ipv4Address destination) const {
  if (destination.limited_broadcast()) {  // RFC 919 section 7: on the local link; here the first interface's
    if (interfaces.empty()) return std::nullopt;
    const InterfaceConfig& first = interfaces.front();
    return Path{{InterfaceId{0}, destination}, first.address, static_cast<std::uint32_t>(first.mtu)};
  }
  const auto hop = routes.lookup(destination);
  if (!hop) return std::nullopt;
  const InterfaceConfig& out = interface(hop->out);
  return Path{*hop, out.address, static_cast<std::uint32_t>(out.mtu)};
}

bool Output::owns(Ipv4Address address) const {
  return std::any_of(interfaces.begin(), interfaces.end(),
                     [&](const InterfaceConfig& interface) { return interface.address == address; });
}

bool Output::broadcast(InterfaceId on, Ipv4Address address) const {
  if (address.limited_broadcast()) return true;
  const Prefix prefix{interface(on).address, interface(on).prefix_length};
  const std::uint32_t host_bits = ~prefix.mask();
  return prefix.length < 31 && prefix.contains(address) && (address.value() & host_bits) == host_bits;
}

ByteSpan Output::begin(const Path& path, std::size_t segment_bytes) {
  segment_bytes_ = segment_bytes;
  if (Ipv4Header::size + segment_bytes <= path.mtu) {
    frame_ = queue.reserve(segment_at + segment_bytes);
    return frame_.empty() ? frame_ : frame_.subspan(segment_at);
  }
  frame_ = {};
  if (large_.size() < segment_bytes) large_.resize(segment_bytes);
  return ByteSpan{large_}.first(segment_bytes);
}

Output::Queued Output::finish(Time now, const Path& path, Ipv4Header header, std::optional<SocketId> socket) {
  const bool whole = !frame_.empty();
  if (!whole || !header.dont_fragment) header.identification = next_identification(header);
  if (!whole) return fragment(now, path, header, ByteView{large_}.first(segment_bytes_), socket);
  if (!seal(now, path, header, frame_)) return {.complete = true};
  queue.commit(path.hop.out, socket);
  return {.complete = true, .octets = frame_.size()};
}

bool Output::seal(Time now, const Path& path, const Ipv4Header& header, ByteSpan frame) {
  wire::write(frame.subspan(packet_at), header, frame.size() - segment_at);
  const Addressed addressed = address(now, path.hop, frame);
  if (addressed.reason != DropReason::none) counters_->drop(addressed.reason);
  return addressed.ready;
}

Output::Addressed Output::address(Time now, NextHop hop, ByteSpan frame) {
  const MacAddress from = interface(hop.out).mac;
  if (broadcast(hop.out, hop.address)) {
    wire::write(frame, EthernetHeader{broadcast_mac, from, EtherType::ipv4});
    return {.ready = true};
  }
  const Neighbor neighbor{hop.out, hop.address};
  const auto mac = neighbors.resolve(now, neighbor);
  wire::write(frame, EthernetHeader{mac.value_or(MacAddress{}), from, EtherType::ipv4});
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
  const std::size_t needed = whole_pieces * FrameQueue::footprint(segment_at + most) +
                             FrameQueue::footprint(segment_at + segment.size() - whole_pieces * most);
  if (!queue.has_room_for(needed)) return {.complete = false};
  Queued queued{.complete = true};
  for (std::size_t at = 0; at < segment.size(); at += most) {
    const ByteView piece = segment.subspan(at, std::min(most, segment.size() - at));
    const ByteSpan frame = queue.reserve(segment_at + piece.size());
    header.fragment_offset = static_cast<std::uint16_t>(first_offset + at);
    header.more_fragments = more_behind || at + piece.size() < segment.size();
    std::copy(piece.begin(), piece.end(), frame.begin() + static_cast<std::ptrdiff_t>(segment_at));
    ++counters_->fragments_out;
    if (!seal(now, path, header, frame)) continue;
    queue.commit(path.hop.out, socket);
    queued.octets += frame.size();
  }
  return queued;
}

void Output::send_arp(InterfaceId out, ArpOperation operation, MacAddress to, Ipv4Address target) {
  const ByteSpan frame = queue.reserve(EthernetHeader::size + ArpPacket::size);
  if (frame.empty()) return counters_->drop(DropReason::transmit_queue_full);
  const InterfaceConfig& from = interface(out);
  const MacAddress target_mac = to == broadcast_mac ? MacAddress{} : to;
  wire::write(frame, EthernetHeader{to, from.mac, EtherType::arp});
  wire::write(frame.subspan(packet_at), ArpPacket{operation, from.mac, from.address, target_mac, target});
  queue.commit(out, std::nullopt);
}

void Output::send_parked(InterfaceId out, MacAddress to, std::span<const Neighbors::Frame> frames) {
  for (const Neighbors::Frame& parked : frames) {
    const ByteSpan frame = queue.reserve(parked.size());
    if (frame.empty()) {
      counters_->drop(DropReason::transmit_queue_full);
      continue;
    }
    std::copy(parked.begin(), parked.end(), frame.begin());
    wire::write(frame, EthernetHeader{to, interface(out).mac, EtherType::ipv4});
    queue.commit(out, std::nullopt);
  }
}

std::uint16_t Output::next_identification(const Ipv4Header& header) {
  const std::uint64_t addresses = std::uint64_t{header.source.value()} << 32 | header.destination.value();
  const std::uint64_t hash = siphash(key_, {addresses, static_cast<std::uint64_t>(header.protocol)});
  return static_cast<std::uint16_t>((hash >> 16) + identifications_[hash % identifications_.size()]++);
}

}  // namespace ringside::net
