// RFC 4443: ICMPv6 errors and echo. The messages of neighbor discovery are of the same kind: wire/ndp.hpp.
#pragma once

#include "ringside/net/wire/ipv6.hpp"

namespace ringside::net::wire {

enum class Icmpv6Type : std::uint8_t {
  destination_unreachable = 1,
  packet_too_big = 2,
  time_exceeded = 3,
  parameter_problem = 4,
  echo_request = 128,
  echo_reply = 129,
  listener_query = 130,  // of MLD: RFC 2710, RFC 3810
  listener_report = 131,
  listener_done = 132,
  router_solicitation = 133,  // of NDP: RFC 4861
  router_advertisement = 134,
  neighbor_solicitation = 135,
  neighbor_advertisement = 136,
  redirect = 137,
  listener_report_v2 = 143,
};

namespace unreachable_v6 {  // codes of destination_unreachable: RFC 4443 section 3.1
inline constexpr std::uint8_t no_route = 0, prohibited = 1, beyond_scope = 2, address = 3, port = 4,
                              source_policy = 5, reject_route = 6;
}
namespace exceeded_v6 {  // codes of time_exceeded: RFC 4443 section 3.3
inline constexpr std::uint8_t hop_limit = 0, reassembly = 1;
}

struct Icmpv6Header {
  static constexpr std::size_t size = 8;
  Icmpv6Type type{};
  std::uint8_t code = 0;
  // Of an echo identifier and sequence, of packet_too_big the MTU, of parameter_problem the pointer.
  std::uint32_t rest = 0;

  bool error() const { return static_cast<std::uint8_t>(type) < 128; }  // RFC 4443 section 2.1
};

// The checksum covers the addresses: RFC 4443 section 2.3.
Parsed<Icmpv6Header> parse_icmpv6(ByteView bytes, const IpAddress& source, const IpAddress& destination);

// Writes the header in front of a payload that is already at `message` + 8, then the checksum over both.
void write(ByteSpan message, const Icmpv6Header& header, const IpAddress& source,
           const IpAddress& destination);

}  // namespace ringside::net::wire
