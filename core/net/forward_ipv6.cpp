// The way across of IPv6: one hop less, new MAC addresses. No router fragments: RFC 8200 section 5.
#include "layers.hpp"

namespace ringside::net {

using wire::ByteSpan;
using wire::Icmpv6Type;
using wire::Ipv6Header;

Forwarded Stack::Layers::forward_ipv6(Time now, InterfaceId in, ByteSpan frame) {
  const auto ip = wire::parse_ipv6(frame.subspan(packet_at));
  if (!ip) return {.reason = ip.reason};
  const ByteSpan packet = frame.subspan(packet_at, Ipv6Header::size + ip.payload.size());  // without padding
  if (ip.header.hop_limit <= 1) {  // RFC 4443 section 3.3
    icmpv6.send_error(now, in, {Icmpv6Type::time_exceeded, wire::exceeded_v6::hop_limit}, packet);
    return {.reason = DropReason::ttl_exceeded};
  }
  const auto path = output.path_to(ip.header.destination);
  if (!path) {
    icmpv6.send_error(now, in, {Icmpv6Type::destination_unreachable, wire::unreachable_v6::no_route}, packet);
    return {.reason = DropReason::no_route};
  }
  const std::uint32_t mtu =
      output.interface(path->hop.out).ipv6_mtu;  // what this host knows of the path is its own
  if (packet.size() > mtu) {
    icmpv6.send_error(now, in, {Icmpv6Type::packet_too_big, 0, mtu}, packet);
    return {.out = path->hop.out, .reason = DropReason::fragmentation_needed};
  }
  --packet[Ipv6Header::hop_limit_at];
  ++counters.forwarded;
  const Output::Addressed addressed = output.address(now, path->hop, frame);
  return {.sent = addressed.ready, .out = path->hop.out, .reason = addressed.reason};
}

}  // namespace ringside::net
