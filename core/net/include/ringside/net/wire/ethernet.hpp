// Ethernet II (RFC 894): destination, source, EtherType. No 802.1Q tag, no frame check sequence.
#pragma once

#include "ringside/net/wire/bytes.hpp"

namespace ringside::net::wire {

enum class EtherType : std::uint16_t { ipv4 = 0x0800, arp = 0x0806, ipv6 = 0x86dd };  // IANA ieee-802-numbers

struct EthernetHeader {
  static constexpr std::size_t size = 14;
  MacAddress destination{}, source{};
  EtherType type{};
};

inline Parsed<EthernetHeader> parse_ethernet(ByteView frame) {
  if (frame.size() < EthernetHeader::size) return {.reason = DropReason::malformed};
  return {.header = {load_mac(frame, 0), load_mac(frame, 6), EtherType{load16(frame, 12)}},
          .payload = frame.subspan(EthernetHeader::size)};
}

inline void write(ByteSpan to, const EthernetHeader& header) {
  store_mac(to, 0, header.destination);
  store_mac(to, 6, header.source);
  store16(to, 12, static_cast<std::uint16_t>(header.type));
}

}  // namespace ringside::net::wire
