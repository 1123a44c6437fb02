// The header of a packet of either version, as far as TCP, UDP and ICMP know it. The words are those of IPv4.
#pragma once

#include "ringside/net/wire/ipv4.hpp"
#include "ringside/net/wire/ipv6.hpp"

namespace ringside::net {

constexpr std::size_t ip_header_size(const IpAddress& address) {  // of packets between such
  return address.is_ipv4() ? wire::Ipv4Header::size : wire::Ipv6Header::size;
}

// Whether packets to `remote` can come from a socket that is bound to `local`.
constexpr bool may_come_from(const IpAddress& local, const IpAddress& remote) {
  return local == IpAddress{} || local.is_ipv4() == remote.is_ipv4();
}

struct IpHeader {
  std::uint8_t type_of_service = 0;  // of IPv6 the traffic class
  std::uint16_t identification = 0;  // of IPv4
  bool dont_fragment = false;        // of IPv4
  std::uint32_t flow_label = 0;      // of IPv6
  std::uint8_t ttl = 0;              // of IPv6 the hop limit; 0 of what is sent: as the interface has it
  wire::IpProtocol protocol{};
  IpAddress source{}, destination{};
};

constexpr IpHeader ip_header(const wire::Ipv4Header& ip) {
  return {.type_of_service = ip.type_of_service,
          .identification = ip.identification,
          .dont_fragment = ip.dont_fragment,
          .ttl = ip.ttl,
          .protocol = ip.protocol,
          .source = ip.source,
          .destination = ip.destination};
}
constexpr IpHeader ip_header(const wire::Ipv6Header& ip, wire::IpProtocol protocol) {
  return {.type_of_service = ip.traffic_class,
          .flow_label = ip.flow_label,
          .ttl = ip.hop_limit,
          .protocol = protocol,
          .source = ip.source,
          .destination = ip.destination};
}
constexpr wire::Ipv4Header ipv4_header(const IpHeader& ip) {
  return {.type_of_service = ip.type_of_service,
          .identification = ip.identification,
          .dont_fragment = ip.dont_fragment,
          .ttl = ip.ttl,
          .protocol = ip.protocol,
          .source = ip.source.ipv4(),
          .destination = ip.destination.ipv4()};
}
constexpr wire::Ipv6Header ipv6_header(const IpHeader& ip, std::uint8_t usual_hop_limit) {
  return {.traffic_class = ip.type_of_service,
          .flow_label = ip.flow_label,
          .next_header = static_cast<std::uint8_t>(ip.protocol),
          .hop_limit = ip.ttl == 0 ? usual_hop_limit : ip.ttl,
          .source = ip.source,
          .destination = ip.destination};
}

}  // namespace ringside::net
