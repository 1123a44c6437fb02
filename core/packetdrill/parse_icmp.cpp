// icmp unreachable frag_needed mtu 1000 [1:1001(1000)]
#include "parts.hpp"

namespace ringside::packetdrill {
namespace {

constexpr IcmpNumbers frag_needed{3, 4};     // RFC 1191 section 4
constexpr IcmpNumbers packet_too_big{2, 0};  // RFC 4443 section 3.2

bool known(const IcmpPacket& packet) {
  return icmp_numbers(packet.type, packet.code, IpFamily::ipv4) ||
         icmp_numbers(packet.type, packet.code, IpFamily::ipv6);
}

bool tells_mtu(const IcmpPacket& packet) {
  return icmp_numbers(packet.type, packet.code, IpFamily::ipv4) == frag_needed ||
         icmp_numbers(packet.type, packet.code, IpFamily::ipv6) == packet_too_big;
}

std::uint16_t length(Reader& reader) {
  reader.expect("(");
  const std::uint16_t octets = reader.number16("a length");
  reader.expect(")");
  return octets;
}

Echoed quoted(Reader& reader) {
  if (reader.accept("udp")) return EchoedUdp{length(reader)};
  if (reader.accept("raw")) return EchoedRaw{length(reader)};
  return parse_octets(reader);
}

}  // namespace

Echoed parse_echoed(Reader& reader) {
  reader.expect("[");
  Echoed echoed = quoted(reader);
  reader.expect("]");
  return echoed;
}

IcmpPacket parse_icmp(Reader& reader) {
  IcmpPacket packet;
  if (!reader.at(TokenKind::word)) reader.expected("a type of ICMP message");
  packet.type = reader.peek().text;
  if (!known(packet)) reader.expected("a type of ICMP message");
  reader.take();
  if (reader.at(TokenKind::word) && !reader.at("mtu") && !reader.at("id")) {
    packet.code = reader.peek().text;
    if (!known(packet)) reader.expected("a code of '" + packet.type + "'");
    reader.take();
  }
  const Position mtu = reader.peek().at;
  if (reader.accept("mtu")) {
    if (!tells_mtu(packet))
      reader.malformed(mtu, "expected no mtu: it is of frag_needed and packet_too_big alone, found 'mtu'");
    packet.mtu = reader.number32("a size");
  }
  if (reader.accept("id")) packet.id = reader.number16("an identifier");
  if (reader.at("[")) packet.echoed = parse_echoed(reader);
  return packet;
}

}  // namespace ringside::packetdrill
