// RFC 768: the user datagram protocol.
#pragma once

#include "ringside/net/wire/ipv4.hpp"

namespace ringside::net::wire {

struct UdpHeader {
  static constexpr std::size_t size = 8;
  std::uint16_t source_port = 0, destination_port = 0;
};

Parsed<UdpHeader> parse_udp(ByteView bytes, const IpAddress& source, const IpAddress& destination);

// Writes the header in front of a payload that is already at `datagram` + 8, then the checksum over both.
void write(ByteSpan datagram, const UdpHeader& header, const IpAddress& source, const IpAddress& destination);

}  // namespace ringside::net::wire
