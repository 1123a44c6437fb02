// RFC 791 section 3.1: the options of an IPv4 header.
#pragma once

#include <optional>

#include "ringside/net/wire/ipv4.hpp"
#include "ringside/units/time.hpp"

namespace ringside::net::wire {

struct Ipv4Options {
  std::optional<std::uint8_t> problem{};  // the octet of the header that is wrong: of an ICMP error
  bool source_routed = false;             // loose or strict
  bool any = false;
};
// `header`: its octets, with options. What nobody here knows is passed over.
Ipv4Options read_ipv4_options(ByteView header);

// A router's share of record route and timestamp, in place, with a new checksum. `own`: the address that the
// packet leaves by. Timestamps are milliseconds since the clock began, which stands for midnight.
void record_passage(ByteSpan header, Ipv4Address own, Time now);

}  // namespace ringside::net::wire
