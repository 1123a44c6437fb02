// RFC 8200: the IPv6 header and its extension headers. Of the latter this stack sends fragment headers only.
#pragma once

#include <optional>

#include "ringside/net/wire/ip.hpp"

namespace ringside::net::wire {

enum class ExtensionHeader : std::uint8_t {  // numbers among those of IpProtocol
  hop_by_hop = 0,
  routing = 43,
  fragment = 44,
  none = 59,  // nothing follows, and is nobody's: RFC 8200 section 4.7
  destination_options = 60,
};

struct Ipv6Header {
  static constexpr std::size_t size = 40;
  static constexpr std::size_t next_header_at = 6, hop_limit_at = 7;
  std::uint8_t traffic_class = 0;
  std::uint32_t flow_label = 0;  // 20 bits
  std::uint8_t next_header = 0;  // an IpProtocol or an ExtensionHeader
  std::uint8_t hop_limit = 0;
  IpAddress source{}, destination{};
};

inline constexpr std::uint32_t least_ipv6_mtu = 1280;  // RFC 8200 section 5

// Verifies version and length. The payload ends where the header says: Ethernet pads short frames.
Parsed<Ipv6Header> parse_ipv6(ByteView bytes);

// Writes 40 octets, for `payload_bytes` that follow.
void write(ByteSpan to, const Ipv6Header& header, std::size_t payload_bytes);

struct FragmentHeader {  // RFC 8200 section 4.5
  static constexpr std::size_t size = 8;
  std::uint8_t next_header = 0;
  std::uint16_t offset = 0;  // octets, a multiple of 8
  bool more = false;
  std::uint32_t identification = 0;

  bool atomic() const { return offset == 0 && !more; }  // the whole packet: RFC 6946
};
void write(ByteSpan to, const FragmentHeader& header);

// Codes of ICMPv6's parameter problem: RFC 4443 section 3.4, RFC 8883 section 3, RFC 7112 section 5.
namespace problem {
inline constexpr std::uint8_t header_field = 0, next_header = 1, option = 2, incomplete_first_fragment = 3;
}

// What is in front of the payload that somebody up here may know.
struct Ipv6Headers {
  std::uint8_t protocol = 0;                 // of the payload
  std::size_t protocol_at = 0;               // where in the packet it is named
  std::size_t payload_at = 0;                // where in the packet it begins
  std::optional<FragmentHeader> fragment{};  // the last header; the payload is a piece then
  // Why the packet is dropped, and what its source is to be told.
  DropReason reason = DropReason::none;
  struct Problem {
    std::uint8_t code = 0;
    std::uint32_t pointer = 0;  // the octet of the packet that is wrong
    bool to_group = false;      // also about a packet to a multicast address
  };
  std::optional<Problem> problem{};
};

// RFC 8200 section 4: reads header after header of a packet that parse_ipv6() has accepted, `packet` without
// padding. Stops behind the fragment header of a piece; one of a whole packet is passed over.
Ipv6Headers read_extension_headers(ByteView packet);

// The payload of a packet of which only the beginning may be there, as an ICMP error quotes it; whatever the
// headers before it say. nullopt: it is not among what is there, or it is a later piece.
struct UpperLayer {
  std::uint8_t protocol = 0;
  std::size_t at = 0;
};
std::optional<UpperLayer> find_upper_layer(ByteView packet);

}  // namespace ringside::net::wire
