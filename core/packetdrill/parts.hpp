// The parts of the grammar, each in a file of its own. All throw ScriptError.
#pragma once

#include "reader.hpp"
#include "ringside/packetdrill/script.hpp"

namespace ringside::packetdrill {

// parse_packet.cpp
Packet parse_packet(Reader& reader);  // from its `<` or `>` on
Octets parse_octets(Reader& reader);  // seq:end(length)

// parse_ip_info.cpp
IpInfo parse_ip_info(Reader& reader, Direction direction);  // from its bracket on

// parse_tcp_options.cpp
std::vector<TcpOption> parse_tcp_options(Reader& reader);  // between `<` and `>`

// parse_icmp.cpp
Echoed parse_echoed(Reader& reader);    // from its bracket on
IcmpPacket parse_icmp(Reader& reader);  // behind `icmp`

// parse_call.cpp
SystemCall parse_system_call(Reader& reader);

// parse_expression.cpp
std::vector<Expression> parse_arguments(Reader& reader);  // in their parentheses

// parse_time.cpp
struct TimeSpecification {
  When when{};
  bool returns = false;  // its range is written with `...`: that of a call
};
TimeSpecification parse_time(Reader& reader);

}  // namespace ringside::packetdrill
