// Reading headers without a stack, and the hash of receive-side scaling.
#include "ringside/net/summary.hpp"

#include <array>

#include "ringside/net/wire/arp.hpp"
#include "ringside/net/wire/ipv4.hpp"
#include "ringside/net/wire/ipv6.hpp"
#include "ringside/net/wire/tcp.hpp"

namespace ringside::net {
namespace {

using wire::ByteView;
using wire::load16;

bool read_tcp(ByteView segment, Summary& summary) {
  if (segment.size() < wire::TcpHeader::size) return false;
  const std::size_t header_length = (std::size_t{segment[12]} >> 4) * 4;
  if (header_length < wire::TcpHeader::size || header_length > segment.size()) return false;
  const std::uint8_t flags = segment[13];
  summary.fin = (flags & 0x01) != 0;
  summary.syn = (flags & 0x02) != 0;
  summary.rst = (flags & 0x04) != 0;
  summary.payload_bytes = static_cast<std::uint16_t>(segment.size() - header_length);
  summary.ack_only = (flags & 0x17) == 0x10 && summary.payload_bytes == 0;
  return true;
}

bool read_ports(ByteView segment, Summary& summary) {
  if (segment.size() < 8) return false;  // the least a UDP or TCP header has
  summary.source_port = load16(segment, 0);
  summary.destination_port = load16(segment, 2);
  if (summary.protocol == Protocol::tcp) return read_tcp(segment, summary);
  summary.payload_bytes = static_cast<std::uint16_t>(segment.size() - 8);
  return true;
}

Protocol protocol_of(std::uint8_t number) {
  switch (wire::IpProtocol{number}) {
    case wire::IpProtocol::icmp:
    case wire::IpProtocol::icmpv6: return Protocol::icmp;
    case wire::IpProtocol::udp: return Protocol::udp;
    case wire::IpProtocol::tcp: return Protocol::tcp;
  }
  return Protocol::other;
}

std::optional<Summary> summarize_ipv4(ByteView packet) {
  if (packet.size() < wire::Ipv4Header::size || packet[0] >> 4 != 4) return std::nullopt;
  const std::size_t header_length = std::size_t{packet[0] & 0xfu} * 4;
  const std::size_t total_length = load16(packet, 2);
  if (header_length < wire::Ipv4Header::size || total_length < header_length ||
      total_length > packet.size()) {
    return std::nullopt;
  }
  const ByteView payload = packet.subspan(header_length, total_length - header_length);
  Summary summary{.protocol = protocol_of(packet[9]),
                  .source = wire::load_address(packet, 12),
                  .destination = wire::load_address(packet, 16),
                  .payload_bytes = static_cast<std::uint16_t>(payload.size()),
                  .fragment = (load16(packet, 6) & 0x3fff) != 0};
  const bool has_ports = summary.protocol == Protocol::udp || summary.protocol == Protocol::tcp;
  if (has_ports && !summary.fragment && !read_ports(payload, summary)) return std::nullopt;
  return summary;
}

std::optional<Summary> summarize_ipv6(ByteView packet) {
  const auto ip = wire::parse_ipv6(packet);
  if (!ip) return std::nullopt;
  const ByteView whole = packet.first(wire::Ipv6Header::size + ip.payload.size());
  const wire::Ipv6Headers headers = wire::read_extension_headers(whole);
  if (headers.reason != DropReason::none) return std::nullopt;
  const ByteView payload = whole.subspan(headers.payload_at);
  Summary summary{.protocol = protocol_of(headers.protocol),
                  .source = ip.header.source,
                  .destination = ip.header.destination,
                  .payload_bytes = static_cast<std::uint16_t>(payload.size()),
                  .fragment = headers.fragment.has_value()};
  const bool has_ports = summary.protocol == Protocol::udp || summary.protocol == Protocol::tcp;
  if (has_ports && !summary.fragment && !read_ports(payload, summary)) return std::nullopt;
  return summary;
}

// The default key of Microsoft's RSS specification, which most NIC drivers use as well.
constexpr std::array<std::uint8_t, 40> rss_key{0x6d, 0x5a, 0x56, 0xda, 0x25, 0x5b, 0x0e, 0xc2, 0x41, 0x67,
                                               0x25, 0x3d, 0x43, 0xa3, 0x8f, 0xb0, 0xd0, 0xca, 0x2b, 0xcb,
                                               0xae, 0x7b, 0x30, 0xb4, 0x77, 0xcb, 0x2d, 0xa3, 0x80, 0x30,
                                               0xf2, 0x0c, 0x6a, 0x42, 0xb7, 0x3b, 0xbe, 0xac, 0x01, 0xfa};
constexpr std::size_t rss_input_octets = 36;  // of IPv6: two addresses, two ports

// Toeplitz: each bit of the input that is set adds (exclusive or) the 32 bits of the key that begin at its
// position. One table per octet of the input holds the sums for its 256 values.
using ToeplitzTable = std::array<std::array<std::uint32_t, 256>, rss_input_octets>;
constexpr ToeplitzTable make_toeplitz_table() {
  ToeplitzTable table{};
  for (std::size_t octet = 0; octet < rss_input_octets; ++octet) {
    std::uint64_t window = 0;
    for (std::size_t i = 0; i < 5; ++i) window = window << 8 | rss_key[octet + i];
    for (std::uint32_t value = 0; value < 256; ++value) {
      for (int bit = 0; bit < 8; ++bit) {
        if (value >> (7 - bit) & 1) table[octet][value] ^= static_cast<std::uint32_t>(window >> (8 - bit));
      }
    }
  }
  return table;
}
constexpr ToeplitzTable toeplitz_table = make_toeplitz_table();

}  // namespace

std::optional<Summary> summarize(ByteView frame) {
  const auto ethernet = wire::parse_ethernet(frame);
  const auto inner = wire::read_tags(ethernet);
  if (!inner) return std::nullopt;
  const ByteView packet = inner.header.payload;
  switch (inner.header.type) {
    case wire::EtherType::ipv4: return summarize_ipv4(packet);
    case wire::EtherType::ipv6: return summarize_ipv6(packet);
    case wire::EtherType::arp: {
      const auto arp = wire::parse_arp(packet);
      if (!arp) return std::nullopt;
      return Summary{
          .protocol = Protocol::arp, .source = arp.header.sender, .destination = arp.header.target};
    }
    case wire::EtherType::vlan:
    case wire::EtherType::service_vlan: break;  // they have been read
  }
  return Summary{.payload_bytes = static_cast<std::uint16_t>(packet.size())};
}

std::uint32_t flow_hash(const Summary& summary) {
  const bool has_ports =
      (summary.protocol == Protocol::udp || summary.protocol == Protocol::tcp) && !summary.fragment;
  std::array<std::uint8_t, rss_input_octets> input{};
  if (summary.protocol == Protocol::arp) return 0;
  const bool ipv4 = summary.source.is_ipv4();
  const std::size_t addresses = ipv4 ? 8 : 32;
  if (ipv4) {
    wire::store_address(input, 0, summary.source.ipv4());
    wire::store_address(input, 4, summary.destination.ipv4());
  } else {
    wire::store_ipv6_address(input, 0, summary.source);
    wire::store_ipv6_address(input, 16, summary.destination);
  }
  wire::store16(input, addresses, summary.source_port);
  wire::store16(input, addresses + 2, summary.destination_port);
  std::uint32_t hash = 0;
  for (std::size_t i = 0; i < addresses + (has_ports ? 4 : 0); ++i) hash ^= toeplitz_table[i][input[i]];
  return hash;
}

}  // namespace ringside::net
