// TCP options in the order in which a script has them, as octets, and back.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "ringside/packetdrill/packet.hpp"

namespace ringside::packetdrill {

void append(std::vector<std::uint8_t>& octets, const TcpOption& option);
// nullopt: an option that no script can write, or one that is cut off.
std::optional<std::vector<TcpOption>> parse_options(std::span<const std::uint8_t> octets);

}  // namespace ringside::packetdrill
