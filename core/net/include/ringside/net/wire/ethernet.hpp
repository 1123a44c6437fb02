// Ethernet II (RFC 894): destination, source, EtherType, and the tags of IEEE 802.1Q between them. No frame
// check sequence.
#pragma once

#include <algorithm>

#include "ringside/net/wire/bytes.hpp"

namespace ringside::net::wire {

enum class EtherType : std::uint16_t {  // IANA ieee-802-numbers
  ipv4 = 0x0800,
  arp = 0x0806,
  vlan = 0x8100,
  ipv6 = 0x86dd,
  service_vlan = 0x88a8,  // the outer one of two
};

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

// What follows the addresses of a frame when its tags, two at most, are passed over.
struct Untagged {
  VlanTags tags{};
  EtherType type{};
  ByteView payload{};
};
inline Parsed<Untagged> read_tags(const Parsed<EthernetHeader>& ethernet) {
  if (!ethernet) return {.reason = ethernet.reason};
  Untagged read{.type = ethernet.header.type, .payload = ethernet.payload};
  while (read.type == EtherType::vlan || read.type == EtherType::service_vlan) {
    if (read.payload.size() < VlanTags::octets || read.tags.count == VlanTags::most)
      return {.reason = DropReason::malformed};
    const std::uint16_t control = load16(read.payload, 0);
    read.tags.tag[read.tags.count++] = {static_cast<std::uint16_t>(control & 0xfff),
                                        static_cast<std::uint8_t>(control >> 13)};
    read.type = EtherType{load16(read.payload, 2)};
    read.payload = read.payload.subspan(VlanTags::octets);
  }
  return {.header = read};
}

// Writes tags into a frame of `bytes` octets that has none, behind which there is room for them. Returns the
// octets of the frame then.
inline std::size_t insert_tags(ByteSpan frame, std::size_t bytes, const VlanTags& tags) {
  constexpr std::size_t at = 12;  // of the EtherType
  std::copy_backward(frame.begin() + at, frame.begin() + static_cast<std::ptrdiff_t>(bytes),
                     frame.begin() + static_cast<std::ptrdiff_t>(bytes + tags.size()));
  for (std::size_t i = 0; i < tags.count; ++i) {
    const EtherType type = i + 1 < tags.count ? EtherType::service_vlan : EtherType::vlan;
    store16(frame, at + i * VlanTags::octets, static_cast<std::uint16_t>(type));
    store16(frame, at + i * VlanTags::octets + 2,
            static_cast<std::uint16_t>(tags.tag[i].priority << 13 | tags.tag[i].id));
  }
  return bytes + tags.size();
}

}  // namespace ringside::net::wire
