#include "link.hpp"

#include <algorithm>

#include "ringside/net/checksum.hpp"
#include "ringside/net/wire/ethernet.hpp"

namespace ringside::fuzz {
namespace {

using net::wire::EthernetHeader;
using net::wire::EtherType;
using net::wire::IpProtocol;
using net::wire::Ipv4Header;
using net::wire::Ipv6Header;

Octets frame_with(EtherType type, std::size_t header, std::span<const std::uint8_t> payload) {
  Octets frame(EthernetHeader::size + header + payload.size());
  write(frame, EthernetHeader{our_mac, peer_mac, type});
  std::copy(payload.begin(), payload.end(),
            frame.begin() + static_cast<std::ptrdiff_t>(EthernetHeader::size + header));
  return frame;
}

}  // namespace

net::Stack make_stack(const net::StackConfig& config, bool knows_peer) {
  net::Stack stack{config};
  const net::InterfaceId on = stack.add_interface({.mac = our_mac, .address = our_ipv4});
  stack.add_address(on, our_ipv6, 64);
  stack.add_route({}, 0, on, peer_ipv4);
  if (!knows_peer) return stack;
  stack.add_neighbor(on, peer_ipv4, peer_mac);
  stack.add_neighbor(on, peer_ipv6, peer_mac);
  return stack;
}

Octets frame_of(const Outer& outer, const IpAddress& source, const IpAddress& destination,
                std::span<const std::uint8_t> payload) {
  if (source.is_ipv4())
    return frame_of({.type_of_service = outer.type_of_service,
                     .ttl = outer.hop_limit,
                     .protocol = IpProtocol{outer.protocol},
                     .source = source.ipv4(),
                     .destination = destination.ipv4()},
                    payload);
  Octets frame = frame_with(EtherType::ipv6, Ipv6Header::size, payload);
  write(std::span{frame}.subspan(EthernetHeader::size),
        Ipv6Header{.traffic_class = outer.type_of_service,
                   .next_header = outer.protocol,
                   .hop_limit = outer.hop_limit,
                   .source = source,
                   .destination = destination},
        payload.size());
  return frame;
}

Octets frame_of(const Ipv4Header& header, std::span<const std::uint8_t> payload) {
  Octets frame = frame_with(EtherType::ipv4, Ipv4Header::size, payload);
  write(std::span{frame}.subspan(EthernetHeader::size), header, payload.size());
  return frame;
}

void fix_checksum(std::uint8_t protocol, const IpAddress& source, const IpAddress& destination,
                  std::span<std::uint8_t> segment) {
  std::size_t at = 0;
  switch (IpProtocol{protocol}) {
    case IpProtocol::tcp: at = 16; break;
    case IpProtocol::udp: at = 6; break;
    case IpProtocol::icmp:
    case IpProtocol::icmpv6: at = 2; break;
  }
  if (at == 0 || segment.size() < at + 2) return;
  segment[at] = segment[at + 1] = 0;
  const std::uint32_t pseudo =
      protocol == 1 ? 0
                    : net::wire::pseudo_header_sum(source, destination, IpProtocol{protocol}, segment.size());
  const std::uint16_t sum = net::internet_checksum(segment, pseudo);
  segment[at] = static_cast<std::uint8_t>(sum >> 8);
  segment[at + 1] = static_cast<std::uint8_t>(sum);
}

}  // namespace ringside::fuzz
