// What the headers of a frame say, without a stack: for receive-side scaling and for choosing a branch of a
// route map.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "ringside/net/types.hpp"

namespace ringside::net {

enum class Protocol : std::uint8_t { arp, icmp, udp, tcp, other };

struct Summary {
  Protocol protocol = Protocol::other;
  IpAddress source{}, destination{};                    // ARP: the sender's and the target's protocol address
  std::uint16_t source_port = 0, destination_port = 0;  // 0 without ports, and in any fragment
  std::uint16_t payload_bytes = 0;                      // behind the innermost header known
  bool fragment = false;                                // one piece of a larger datagram
  bool syn = false, fin = false, rst = false;
  bool ack_only = false;  // TCP: ACK is the only flag of ACK, SYN, FIN, RST; no payload
};

// nullopt: malformed (too short for what its headers announce). No checksum is verified.
std::optional<Summary> summarize(std::span<const std::uint8_t> frame);

// The Toeplitz hash with Microsoft's default key, as NICs compute it for RSS ("RSS Hashing Types", Windows
// driver documentation): over addresses and ports for unfragmented TCP and UDP, over addresses for other IP,
// 0 for the rest.
std::uint32_t flow_hash(const Summary& summary);

}  // namespace ringside::net
