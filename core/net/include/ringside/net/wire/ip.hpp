// What both versions of IP have in common on the wire.
#pragma once

#include "ringside/net/wire/bytes.hpp"

namespace ringside::net::wire {

enum class IpProtocol : std::uint8_t { icmp = 1, tcp = 6, udp = 17, icmpv6 = 58 };  // IANA protocol-numbers

// RFC 9293 section 3.1, RFC 8200 section 8.1: what the checksums of TCP, UDP and ICMPv6 cover besides the
// segment itself. The words that make an IPv4 address an IpAddress add twice 0xffff, which is zero in ones'
// complement.
constexpr std::uint32_t pseudo_header_sum(const IpAddress& source, const IpAddress& destination,
                                          IpProtocol protocol, std::size_t segment_bytes) {
  auto sum = static_cast<std::uint32_t>(protocol) + static_cast<std::uint32_t>(segment_bytes);
  for (const std::uint32_t word : source.words()) sum += (word >> 16) + (word & 0xffff);
  for (const std::uint32_t word : destination.words()) sum += (word >> 16) + (word & 0xffff);
  return sum;
}

}  // namespace ringside::net::wire
