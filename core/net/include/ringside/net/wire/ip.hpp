// What both versions of IP have in common on the wire.
#pragma once

#include "ringside/net/wire/bytes.hpp"

namespace ringside::net::wire {

enum class IpProtocol : std::uint8_t { icmp = 1, tcp = 6, udp = 17, icmpv6 = 58 };  // IANA protocol-numbers

// RFC 9293 section 3.1, RFC 8200 section 8.1: what the checksums of TCP, UDP and ICMPv6 cover besides the
// segment itself.
constexpr std::uint32_t pseudo_header_sum(const IpAddress& source, const IpAddress& destination,
                                          IpProtocol protocol, std::size_t segment_bytes) {
  auto sum = static_cast<std::uint32_t>(protocol) + static_cast<std::uint32_t>(segment_bytes);
  const std::size_t first = source.is_ipv4() ? 3 : 0;
  for (std::size_t i = first; i < 4; ++i) {
    const std::uint32_t s = source.words()[i], d = destination.words()[i];
    sum += (s >> 16) + (s & 0xffff) + (d >> 16) + (d & 0xffff);
  }
  return sum;
}

}  // namespace ringside::net::wire
