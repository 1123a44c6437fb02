// RFC 826: the address resolution protocol, for IPv4 over Ethernet only.
#pragma once

#include "ringside/net/wire/ethernet.hpp"

namespace ringside::net::wire {

enum class ArpOperation : std::uint16_t { request = 1, reply = 2 };

struct ArpPacket {
  static constexpr std::size_t size = 28;
  ArpOperation operation{};
  MacAddress sender_mac{};
  Ipv4Address sender{};
  MacAddress target_mac{};  // zero in a request
  Ipv4Address target{};
};

inline Parsed<ArpPacket> parse_arp(ByteView bytes) {
  constexpr std::uint32_t ethernet_and_ipv4 = 0x00010800, six_and_four_octets = 0x0604;
  if (bytes.size() < ArpPacket::size || load32(bytes, 0) != ethernet_and_ipv4 ||
      load16(bytes, 4) != six_and_four_octets) {
    return {.reason = DropReason::malformed};
  }
  return {.header = {ArpOperation{load16(bytes, 6)}, load_mac(bytes, 8), load_address(bytes, 14),
                     load_mac(bytes, 18), load_address(bytes, 24)}};
}

inline void write(ByteSpan to, const ArpPacket& packet) {
  store32(to, 0, 0x00010800);
  store16(to, 4, 0x0604);
  store16(to, 6, static_cast<std::uint16_t>(packet.operation));
  store_mac(to, 8, packet.sender_mac);
  store_address(to, 14, packet.sender);
  store_mac(to, 18, packet.target_mac);
  store_address(to, 24, packet.target);
}

}  // namespace ringside::net::wire
