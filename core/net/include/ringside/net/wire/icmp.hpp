// RFC 792: ICMP echo and errors.
#pragma once

#include "ringside/net/wire/ipv4.hpp"

namespace ringside::net::wire {

enum class IcmpType : std::uint8_t {
  echo_reply = 0,
  destination_unreachable = 3,
  source_quench = 4,
  redirect = 5,
  echo_request = 8,
  time_exceeded = 11,
  parameter_problem = 12,
};

namespace unreachable {  // codes of destination_unreachable: RFC 792, RFC 1122 section 3.2.2.1
inline constexpr std::uint8_t network = 0, host = 1, protocol = 2, port = 3, fragmentation_needed = 4,
                              source_route_failed = 5, network_unknown = 6, host_unknown = 7,
                              host_isolated = 8, network_prohibited = 9, host_prohibited = 10,
                              network_for_tos = 11, host_for_tos = 12, filtered = 13,
                              precedence_violation = 14, precedence_cutoff = 15;
}
namespace exceeded {  // codes of time_exceeded
inline constexpr std::uint8_t in_transit = 0, reassembly = 1;
}
inline constexpr std::uint8_t redirect_for_host = 1;  // code of redirect

struct IcmpHeader {
  static constexpr std::size_t size = 8;
  IcmpType type{};
  std::uint8_t code = 0;
  std::uint16_t identifier = 0;  // of an echo; 0 in errors
  std::uint16_t sequence = 0;  // of an echo; in fragmentation_needed the next hop's MTU (RFC 1191 section 4)

  bool error() const {  // RFC 1122 section 3.2.2: those about which no error is ever sent
    return type != IcmpType::echo_reply && type != IcmpType::echo_request;
  }
};

Parsed<IcmpHeader> parse_icmp(ByteView bytes);

// Writes the header in front of a payload that is already at `message` + 8, then the checksum over both.
void write(ByteSpan message, const IcmpHeader& header);

}  // namespace ringside::net::wire
