// RFC 768: the user datagram protocol.
#pragma once

#include "ringside/net/wire/ipv4.hpp"

namespace ringside::net::wire {

struct UdpHeader {
  static constexpr std::size_t size = 8;
  std::uint16_t source_port = 0, destination_port = 0;
};

Parsed<UdpHeader> parse_udp(ByteView bytes, Ipv4Address source, Ipv4Address destination);

// Writes the header in front of a payload that is already at `datagram` + 8, then the checksum over both.
void write(ByteSpan datagram, const UdpHeader& header, Ipv4Address source, Ipv4Address destination);

}  // namespace ringside::net::wire
