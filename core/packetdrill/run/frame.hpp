// The packets of a script as octets of the wire, and back. All numbers are those of the wire here.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "ringside/net/types.hpp"
#include "ringside/packetdrill/packet.hpp"

namespace ringside::packetdrill {

struct Addresses {
  net::IpAddress source{}, destination{};  // of one version, which is that of the packet
  bool operator==(const Addresses&) const = default;
};

// From the IP header on. The ports of the packet are there; its text consists of zeros.
std::vector<std::uint8_t> encode(const TcpPacket&, const IpInfo&, const Addresses&);
std::vector<std::uint8_t> encode(const UdpPacket&, const IpInfo&, const Addresses&);
// `quoted`: what an error quotes of a packet, from its IP header on.
std::vector<std::uint8_t> encode(const IcmpPacket&, const IpInfo&, const Addresses&,
                                 std::span<const std::uint8_t> quoted);
// The first octets of a packet that was sent, as an error quotes them: an IP header, and of TCP the ports and
// the sequence number.
std::vector<std::uint8_t> quoted_tcp(const Ports&, std::uint32_t seq, const Addresses&, std::uint16_t text);
std::vector<std::uint8_t> quoted_raw(const Addresses&, std::uint16_t text);  // of no protocol that is known
std::vector<std::uint8_t> quoted_udp(const Ports&, const Addresses&, std::uint16_t text);

struct SeenTcp {
  TcpPacket packet{};  // everything that is in it
  std::uint16_t urgent = 0;
  std::uint8_t reserved = 0;  // bits
};
struct SeenUdp {
  UdpPacket packet{};
};
struct SeenIcmp {
  IcmpNumbers numbers{};
};

// A packet that the stack has sent.
struct Seen {
  Addresses addresses{};
  std::uint8_t tos = 0, ttl = 0;  // of IPv6 traffic class and hop limit
  std::uint32_t flow_label = 0;   // of IPv6
  std::variant<SeenTcp, SeenUdp, SeenIcmp> content{};
  std::span<const std::uint8_t> text{};  // of TCP and UDP
};
// nullopt: it is not IP, or of another protocol, or damaged, which a stack never sends.
std::optional<Seen> decode(std::span<const std::uint8_t> packet);

}  // namespace ringside::packetdrill
