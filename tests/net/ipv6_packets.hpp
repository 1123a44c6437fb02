// IPv6 packets for tests, octet by octet where that is the point.
#pragma once

#include "ringside/net/checksum.hpp"
#include "ringside/net/wire/icmpv6.hpp"
#include "two_hosts.hpp"

namespace ringside::net::test {

inline constexpr IpAddress ipv6_a = IpAddress::ipv6({0xfd00, 0, 0, 0, 0, 0, 0, 0xa}),
                           ipv6_b = IpAddress::ipv6({0xfd00, 0, 0, 0, 0, 0, 0, 0xb});

// An Ethernet frame from B to A, unless it says otherwise.
struct Ipv6Frame {
  std::uint8_t next_header = 59;
  Frame payload{};
  IpAddress source = ipv6_b, destination = ipv6_a;
  std::uint8_t hop_limit = 64;
  MacAddress to = mac_a;

  Frame octets() const {
    constexpr std::size_t headers = wire::EthernetHeader::size + wire::Ipv6Header::size;
    Frame frame(headers + payload.size());
    wire::write(frame, wire::EthernetHeader{to, mac_b, wire::EtherType::ipv6});
    wire::write(
        wire::ByteSpan{frame}.subspan(wire::EthernetHeader::size),
        wire::Ipv6Header{
            .next_header = next_header, .hop_limit = hop_limit, .source = source, .destination = destination},
        payload.size());
    std::copy(payload.begin(), payload.end(), frame.begin() + headers);
    return frame;
  }
};

inline wire::ByteView packet_of(const Frame& frame) {
  return wire::ByteView{frame}.subspan(wire::EthernetHeader::size);
}

// The ICMPv6 message in a frame, its checksum verified; none: it is something else.
inline std::optional<wire::Parsed<wire::Icmpv6Header>> icmpv6_in(const Frame& frame) {
  const auto ip = wire::parse_ipv6(packet_of(frame));
  if (!ip || ip.header.next_header != 58) return std::nullopt;
  const auto message = wire::parse_icmpv6(ip.payload, ip.header.source, ip.header.destination);
  return message ? std::optional{message} : std::nullopt;
}

inline Frame icmpv6_message(wire::Icmpv6Header header, const Frame& payload, IpAddress source = ipv6_b,
                            IpAddress destination = ipv6_a) {
  Frame message(wire::Icmpv6Header::size + payload.size());
  std::copy(payload.begin(), payload.end(), message.begin() + wire::Icmpv6Header::size);
  wire::write(message, header, source, destination);
  return message;
}

// Host A, who knows where B is.
struct Ipv6Host {
  explicit Ipv6Host(const StackConfig& config = {}, int mtu = 1500) : stack{config} {
    on = stack.add_interface({.mac = mac_a, .mtu = mtu});
    stack.add_address(on, ipv6_a, 64);
    stack.add_neighbor(on, ipv6_b, mac_b);
  }

  Received receive(const Ipv6Frame& frame) { return stack.receive(now, on, frame.octets()); }
  std::vector<Frame> sent() { return all_frames(stack, now); }
  // "parameter problem 2, 42": the errors that it has sent, each quoting what it is about.
  std::vector<std::string> errors();

  Stack stack;
  InterfaceId on{};
  Time now{};
};

inline std::vector<std::string> Ipv6Host::errors() {
  std::vector<std::string> texts;
  for (const Frame& frame : sent()) {
    const auto message = icmpv6_in(frame);
    if (!message || !message->header.error()) continue;
    constexpr const char* names[]{"", "unreachable", "too big", "exceeded", "problem"};
    texts.push_back(std::string{names[static_cast<int>(message->header.type)]} + ' ' +
                    std::to_string(message->header.code) + ", " + std::to_string(message->header.rest));
  }
  return texts;
}

}  // namespace ringside::net::test
