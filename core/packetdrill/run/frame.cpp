#include "run/frame.hpp"

#include "ringside/net/checksum.hpp"
#include "ringside/net/wire/icmpv6.hpp"
#include "ringside/net/wire/ipv4.hpp"
#include "run/tcp_options.hpp"

namespace ringside::packetdrill {

namespace wire = net::wire;
using wire::IpProtocol;
using wire::Ipv4Header;
using wire::Ipv6Header;

namespace {

constexpr std::size_t tcp_header = 20, udp_header = 8, icmp_header = 8;
constexpr std::uint8_t far_away = 255;  // what a packet of the script has as its TTL, if it says nothing

std::uint8_t bits_of(Ecn ecn) {  // RFC 3168 section 5
  return ecn == Ecn::ect1 ? 1 : ecn == Ecn::ect0 ? 2 : ecn == Ecn::ce ? 3 : 0;
}

std::uint8_t tos_of(const IpInfo& ip) { return ip.tos.value_or(ip.ecn ? bits_of(*ip.ecn) : std::uint8_t{0}); }

std::size_t header_size(const Addresses& addresses) {
  return addresses.source.is_ipv4() ? Ipv4Header::size : Ipv6Header::size;
}

// With room for the IP header in front.
std::vector<std::uint8_t> packet_of(std::size_t octets, const Addresses& addresses) {
  return std::vector<std::uint8_t>(header_size(addresses) + octets);
}

std::span<std::uint8_t> payload_of(std::vector<std::uint8_t>& packet, const Addresses& addresses) {
  return std::span{packet}.subspan(header_size(addresses));
}

void finish_ip(std::vector<std::uint8_t>& packet, const IpInfo& ip, const Addresses& addresses,
               IpProtocol protocol) {
  const std::span octets{packet};
  const std::size_t payload = payload_of(packet, addresses).size();
  if (addresses.source.is_ipv4())
    wire::write(octets,
                Ipv4Header{.type_of_service = tos_of(ip),
                           .ttl = ip.ttl.value_or(far_away),
                           .protocol = protocol,
                           .source = addresses.source.ipv4(),
                           .destination = addresses.destination.ipv4()},
                payload);
  else
    wire::write(octets,
                Ipv6Header{.traffic_class = tos_of(ip),
                           .flow_label = ip.flow_label.value_or(0),
                           .next_header = static_cast<std::uint8_t>(protocol),
                           .hop_limit = ip.ttl.value_or(far_away),
                           .source = addresses.source,
                           .destination = addresses.destination},
                payload);
}

std::uint16_t checksum(std::span<const std::uint8_t> segment, const Addresses& addresses,
                       IpProtocol protocol) {
  return net::internet_checksum(
      segment, wire::pseudo_header_sum(addresses.source, addresses.destination, protocol, segment.size()));
}

// RFC 9293 section 3.1 has FIN at the lowest bit; AE is the bit above CWR (RFC 9768 section 3.1).
std::uint16_t flag_bits(Flags flags) {
  std::uint16_t bits = 0;
  for (int bit = 0; bit < 9; ++bit)
    if (flags.has(static_cast<Flag>(1 << bit))) bits = static_cast<std::uint16_t>(bits | 1 << bit);
  return bits;
}

Flags flags_of(std::uint16_t bits) {
  Flags flags;
  for (int bit = 0; bit < 9; ++bit)
    if ((bits & 1 << bit) != 0) flags |= static_cast<Flag>(1 << bit);
  return flags;
}

void put_ports(std::span<std::uint8_t> to, const std::optional<Ports>& ports) {
  wire::store16(to, 0, ports ? ports->source : std::uint16_t{0});
  wire::store16(to, 2, ports ? ports->destination : std::uint16_t{0});
}

Ports ports_of(std::span<const std::uint8_t> from) { return {wire::load16(from, 0), wire::load16(from, 2)}; }

std::optional<SeenTcp> decode_tcp(std::span<const std::uint8_t> segment,
                                  std::span<const std::uint8_t>& text) {
  if (segment.size() < tcp_header) return std::nullopt;
  const std::size_t header = (segment[12] >> 4) * std::size_t{4};
  if (header < tcp_header || header > segment.size()) return std::nullopt;
  const std::uint16_t bits = wire::load16(segment, 12);
  auto options = parse_options(segment.subspan(tcp_header, header - tcp_header));
  if (!options) return std::nullopt;
  text = segment.subspan(header);
  SeenTcp seen{.urgent = wire::load16(segment, 18), .reserved = static_cast<std::uint8_t>(bits >> 9 & 7)};
  seen.packet = {.ports = ports_of(segment),
                 .flags = flags_of(bits & 0x1ff),
                 .text = {wire::load32(segment, 4), static_cast<std::uint16_t>(text.size())},
                 .ack = wire::load32(segment, 8),
                 .window = wire::load16(segment, 14),
                 .urgent = seen.urgent,
                 .options = *std::move(options)};
  return seen;
}

std::optional<SeenUdp> decode_udp(std::span<const std::uint8_t> datagram,
                                  std::span<const std::uint8_t>& text) {
  if (datagram.size() < udp_header) return std::nullopt;
  text = datagram.subspan(udp_header);
  return SeenUdp{{.ports = ports_of(datagram), .length = static_cast<std::uint16_t>(text.size())}};
}

}  // namespace

std::vector<std::uint8_t> encode(const TcpPacket& tcp, const IpInfo& ip, const Addresses& addresses) {
  std::vector<std::uint8_t> options;
  for (const TcpOption& option : tcp.options.value_or(std::vector<TcpOption>{})) append(options, option);
  const std::size_t header = tcp_header + options.size();
  auto packet = packet_of(header + tcp.text.length, addresses);
  const auto segment = payload_of(packet, addresses);
  put_ports(segment, tcp.ports);
  wire::store32(segment, 4, tcp.text.seq);
  wire::store32(segment, 8, tcp.ack.value_or(0));
  wire::store16(segment, 12, static_cast<std::uint16_t>(header / 4 << 12 | flag_bits(tcp.flags)));
  wire::store16(segment, 14, tcp.window.value_or(0));
  wire::store16(segment, 18, tcp.urgent.value_or(0));
  std::ranges::copy(options, segment.begin() + tcp_header);
  wire::store16(segment, 16, checksum(segment, addresses, IpProtocol::tcp));
  finish_ip(packet, ip, addresses, IpProtocol::tcp);
  return packet;
}

std::vector<std::uint8_t> encode(const UdpPacket& udp, const IpInfo& ip, const Addresses& addresses) {
  auto packet = packet_of(udp_header + udp.length, addresses);
  const auto datagram = payload_of(packet, addresses);
  put_ports(datagram, udp.ports);
  wire::store16(datagram, 4, static_cast<std::uint16_t>(datagram.size()));
  const std::uint16_t sum = checksum(datagram, addresses, IpProtocol::udp);
  wire::store16(datagram, 6, sum == 0 ? std::uint16_t{0xffff} : sum);  // RFC 768: 0 says that there is none
  finish_ip(packet, ip, addresses, IpProtocol::udp);
  return packet;
}

std::vector<std::uint8_t> encode(const IcmpPacket& icmp, const IpInfo& ip, const Addresses& addresses,
                                 std::span<const std::uint8_t> quoted) {
  auto packet = packet_of(icmp_header + quoted.size(), addresses);
  const auto message = payload_of(packet, addresses);
  const bool ipv4 = addresses.source.is_ipv4();
  const IpFamily family = ipv4 ? IpFamily::ipv4 : IpFamily::ipv6;
  const IcmpNumbers numbers = icmp_numbers(icmp.type, icmp.code, family).value_or(IcmpNumbers{});
  std::ranges::copy(quoted, message.begin() + icmp_header);
  if (!ipv4) {
    const std::uint32_t rest = icmp.mtu.value_or(std::uint32_t{icmp.id.value_or(0)} << 16);
    wire::write(message, wire::Icmpv6Header{wire::Icmpv6Type{numbers.type}, numbers.code, rest},
                addresses.source, addresses.destination);
    finish_ip(packet, ip, addresses, IpProtocol::icmpv6);
    return packet;
  }
  message[0] = numbers.type;
  message[1] = numbers.code;
  wire::store16(message, 4, icmp.id.value_or(0));
  wire::store16(message, 6, static_cast<std::uint16_t>(icmp.mtu.value_or(0)));  // RFC 1191 section 4
  wire::store16(message, 2, net::internet_checksum(message));
  finish_ip(packet, ip, addresses, IpProtocol::icmp);
  return packet;
}

// RFC 792: the header and the first 64 bits; the length is that of the whole packet.
std::vector<std::uint8_t> quoted_tcp(const Ports& ports, std::uint32_t seq, const Addresses& addresses,
                                     std::uint16_t text) {
  auto packet = encode(TcpPacket{.ports = ports, .flags = Flag::ack, .text = {seq, text}}, {}, addresses);
  packet.resize(header_size(addresses) + 8);
  return packet;
}

std::vector<std::uint8_t> quoted_udp(const Ports& ports, const Addresses& addresses, std::uint16_t text) {
  auto packet = encode(UdpPacket{.ports = ports, .length = text}, {}, addresses);
  packet.resize(header_size(addresses) + 8);
  return packet;
}

std::vector<std::uint8_t> quoted_raw(const Addresses& addresses, std::uint16_t text) {
  constexpr IpProtocol raw{255};  // IPPROTO_RAW
  auto packet = packet_of(text, addresses);
  finish_ip(packet, {}, addresses, raw);
  packet.resize(std::min(packet.size(), header_size(addresses) + 8));
  return packet;
}

namespace {

struct Decoded {
  Seen seen{};
  std::uint8_t protocol = 0;
  std::span<const std::uint8_t> payload{};
};

std::optional<Decoded> decode_ip(std::span<const std::uint8_t> packet) {
  if (packet.empty()) return std::nullopt;
  if (packet[0] >> 4 == 6) {
    const auto ip = wire::parse_ipv6(packet);
    if (!ip) return std::nullopt;
    return Decoded{{.addresses = {ip.header.source, ip.header.destination},
                    .tos = ip.header.traffic_class,
                    .ttl = ip.header.hop_limit,
                    .flow_label = ip.header.flow_label},
                   ip.header.next_header,
                   ip.payload};
  }
  const auto ip = wire::parse_ipv4(packet);
  if (!ip || ip.header.fragment()) return std::nullopt;
  return Decoded{{.addresses = {ip.header.source, ip.header.destination},
                  .tos = ip.header.type_of_service,
                  .ttl = ip.header.ttl},
                 static_cast<std::uint8_t>(ip.header.protocol),
                 ip.payload};
}

}  // namespace

std::optional<Seen> decode(std::span<const std::uint8_t> packet) {
  auto decoded = decode_ip(packet);
  if (!decoded) return std::nullopt;
  auto& [seen, protocol, payload] = *decoded;
  switch (IpProtocol{protocol}) {
    case IpProtocol::tcp: {
      const auto tcp = decode_tcp(payload, seen.text);
      if (!tcp) return std::nullopt;
      seen.content = *tcp;
      return seen;
    }
    case IpProtocol::udp: {
      const auto udp = decode_udp(payload, seen.text);
      if (!udp) return std::nullopt;
      seen.content = *udp;
      return seen;
    }
    case IpProtocol::icmp:
    case IpProtocol::icmpv6:
      if (payload.size() < icmp_header) return std::nullopt;
      seen.content = SeenIcmp{{payload[0], payload[1]}};
      return seen;
  }
  return std::nullopt;
}

}  // namespace ringside::packetdrill
