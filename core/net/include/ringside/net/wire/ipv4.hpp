// RFC 791: the IPv4 header. Options are skipped on receipt and never sent.
#pragma once

#include "ringside/net/wire/ip.hpp"

namespace ringside::net::wire {

struct Ipv4Header {
  static constexpr std::size_t size = 20;  // without options
  std::uint8_t type_of_service = 0;
  std::uint16_t identification = 0;
  bool dont_fragment = false, more_fragments = false;
  std::uint16_t fragment_offset = 0;  // octets, a multiple of 8
  std::uint8_t ttl = 0;
  IpProtocol protocol{};
  Ipv4Address source{}, destination{};
  std::uint8_t header_length = size;  // octets with options; set by the parser

  bool fragment() const { return more_fragments || fragment_offset != 0; }
};

// Verifies version, lengths and checksum. The payload ends where the total length says: Ethernet pads short
// frames.
Parsed<Ipv4Header> parse_ipv4(ByteView bytes);

// Writes 20 octets, checksum included, for `payload_bytes` that follow.
void write(ByteSpan to, const Ipv4Header& header, std::size_t payload_bytes);

// RFC 1812 section 5.3.1: one hop less, in the header at `packet`, whose checksum is updated and not computed
// anew, so that damage inside the router is not hidden (RFC 1624).
void decrement_ttl(ByteSpan packet);

}  // namespace ringside::net::wire
