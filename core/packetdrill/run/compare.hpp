// Whether a packet is the one that was expected.
#pragma once

#include <optional>
#include <string_view>

#include "run/frame.hpp"

namespace ringside::packetdrill {

// What differs: "flags", "ack"; nullopt: nothing. Both have the script's numbers.
std::optional<std::string_view> difference(const TcpPacket& expected, const TcpPacket& got);
std::optional<std::string_view> difference(const IpInfo& expected, const Seen& got);

// The next segment continues one that is shorter than what was expected: it is as if they had been sent as
// one, which a device would have cut into pieces of one length, but for the last, with the same options'
// space. nullopt: it does; otherwise why not.
std::optional<std::string_view> join(TcpPacket& whole, const TcpPacket& next, std::uint16_t length_of_pieces);

}  // namespace ringside::packetdrill
