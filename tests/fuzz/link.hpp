// The link between the stack and whoever a fuzz target plays: addresses of both versions, and packets to the
// stack, whose checksums are good where a target does not want them otherwise.
#pragma once

#include <vector>

#include "ringside/net/stack.hpp"
#include "ringside/net/wire/ipv4.hpp"
#include "ringside/net/wire/ipv6.hpp"

namespace ringside::fuzz {

using net::IpAddress;
using Octets = std::vector<std::uint8_t>;

inline constexpr net::MacAddress our_mac{{2, 0, 0, 0, 0, 1}}, peer_mac{{2, 0, 0, 0, 0, 2}};
inline constexpr net::Ipv4Address our_ipv4{10, 0, 0, 1}, peer_ipv4{10, 0, 0, 2};
inline constexpr IpAddress our_ipv6 = IpAddress::ipv6({0xfd00, 0, 0, 0, 0, 0, 0, 1}),
                           peer_ipv6 = IpAddress::ipv6({0xfd00, 0, 0, 0, 0, 0, 0, 2});

inline IpAddress ours(bool ipv4) { return ipv4 ? IpAddress{our_ipv4} : our_ipv6; }
inline IpAddress peers(bool ipv4) { return ipv4 ? IpAddress{peer_ipv4} : peer_ipv6; }

// What a packet says beside its addresses; the rest is as usual.
struct Outer {
  std::uint8_t protocol = 0;  // or the first extension header
  std::uint8_t type_of_service = 0, hop_limit = 64;
};

net::Stack make_stack(const net::StackConfig& config, bool knows_peer);

// An Ethernet frame from the peer, or from and to whom it says.
Octets frame_of(const Outer& outer, const IpAddress& source, const IpAddress& destination,
                std::span<const std::uint8_t> payload);
Octets frame_of(const net::wire::Ipv4Header& header, std::span<const std::uint8_t> payload);
// Sets the checksum of TCP, UDP, ICMP or ICMPv6, if there is room for one.
void fix_checksum(std::uint8_t protocol, const IpAddress& source, const IpAddress& destination,
                  std::span<std::uint8_t> segment);

}  // namespace ringside::fuzz
