// The way across: RFC 1812 section 5. The frame stays where it is; one hop less, a new checksum, new MAC
// addresses.
#include "layers.hpp"
#include "ringside/net/wire/ipv4_options.hpp"

namespace ringside::net {

using wire::ByteSpan;
using wire::IcmpType;

// Tags of a virtual LAN come off, and those of the way out are put on when the frame leaves: a copy of it
// waits until then, since its length changes.
Forwarded Stack::Layers::forward(Time now, InterfaceId in, ByteSpan frame) {
  const auto inner = wire::read_tags(wire::parse_ethernet(frame));
  if (!inner) return {.reason = inner.reason};
  const std::size_t tags = inner.header.tags.size();
  if (tags > 0) {
    constexpr std::size_t addresses = 12;
    untagged.assign(frame.begin(), frame.begin() + addresses);
    untagged.insert(untagged.end(), frame.begin() + static_cast<std::ptrdiff_t>(addresses + tags),
                    frame.end());
    frame = untagged;
  }
  Forwarded forwarded = forward_untagged(now, in, frame);
  if (!forwarded.sent || (tags == 0 && output.interface(forwarded.out).vlan.count == 0)) return forwarded;
  forwarded.sent = false;
  const ByteSpan copy = output.queue.reserve(frame.size());
  if (copy.empty()) return {.out = forwarded.out, .reason = DropReason::transmit_queue_full};
  std::copy(frame.begin(), frame.end(), copy.begin());
  output.queue.commit(forwarded.out, std::nullopt);
  return forwarded;
}

Forwarded Stack::Layers::forward_untagged(Time now, InterfaceId in, ByteSpan frame) {
  const auto ethernet = wire::parse_ethernet(frame);
  const bool ipv6 = ethernet && ethernet.header.type == wire::EtherType::ipv6;
  return ipv6 ? forward_ipv6(now, in, frame) : forward_ipv4(now, in, frame);
}

Forwarded Stack::Layers::forward_ipv4(Time now, InterfaceId in, ByteSpan frame) {
  const auto ethernet = wire::parse_ethernet(frame);
  const auto ip = ethernet ? wire::parse_ipv4(ethernet.payload)
                           : wire::Parsed<wire::Ipv4Header>{.reason = ethernet.reason};
  if (!ip) return {.reason = ip.reason};
  const ByteSpan packet =
      frame.subspan(packet_at, ip.header.header_length + ip.payload.size());  // without padding

  if (ip.header.ttl <= 1) {  // RFC 1812 section 5.3.1
    icmp.send_error(now, in, IcmpType::time_exceeded, wire::exceeded::in_transit, packet);
    return {.reason = DropReason::ttl_exceeded};
  }
  auto path = output.path_to(ip.header.destination);
  if (!path) {  // RFC 1812 section 5.2.7.1
    icmp.send_error(now, in, IcmpType::destination_unreachable, wire::unreachable::network, packet);
    return {.reason = DropReason::no_route};
  }
  if (output.broadcast(path->hop.out, ip.header.destination)) {  // RFC 2644: no directed broadcasts
    return {.reason = DropReason::not_for_us};
  }
  path->mtu = path->link_mtu;  // whoever sends finds the path's: ip_dst_mtu_maybe_forward()
  const bool too_large = packet.size() > path->mtu;
  if (too_large && ip.header.dont_fragment) {  // RFC 1191 section 4
    icmp.send_error(now, in, IcmpType::destination_unreachable, wire::unreachable::fragmentation_needed,
                    packet, path->mtu);
    return {.out = path->hop.out, .reason = DropReason::fragmentation_needed};
  }

  if (path->hop.out == in) show_shorter_way(now, in, path->hop, ip.header.source, packet);
  if (ip.header.header_length > wire::Ipv4Header::size) {
    const ByteSpan header = packet.first(ip.header.header_length);
    const wire::Ipv4Options options = wire::read_ipv4_options(header);
    if (options.problem) return {.reason = DropReason::malformed};
    if (options.any) wire::record_passage(header, output.interface(path->hop.out).address, now);
  }
  wire::decrement_ttl(packet);
  ++counters.forwarded;
  if (too_large) {  // RFC 1812 section 4.2.2.7; options are not copied
    wire::Ipv4Header header = ip.header;
    --header.ttl;
    const bool complete = output.fragment(now, *path, header, ip.payload, std::nullopt).complete;
    return {.out = path->hop.out, .reason = complete ? DropReason::none : DropReason::transmit_queue_full};
  }
  const Output::Addressed addressed = output.address(now, path->hop, frame);
  return {.sent = addressed.ready, .out = path->hop.out, .reason = addressed.reason};
}

// RFC 1812 sections 4.3.3.2 and 5.2.7.2: who sent it could have given it to the next hop itself. Linux
// ip_rt_send_redirect().
void Stack::Layers::show_shorter_way(Time now, InterfaceId in, const NextHop& next, Ipv4Address source,
                                     wire::ByteView packet) {
  const Interface& its = output.interface(in);
  if (!Prefix{its.address, its.prefix_length}.contains(source)) return;
  icmp.send_error(now, in, IcmpType::redirect, wire::redirect_for_host, packet, next.address.ipv4().value());
}

}  // namespace ringside::net
