// < [ect0] S 0:0(0) win 1000 <mss 1000>     > udp (64)     < icmp unreachable [1:1001(1000)]
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "characters.hpp"
#include "parts.hpp"

namespace ringside::packetdrill {
namespace {

struct FlagLetter {
  char letter;
  Flag flag;
};
constexpr std::array<FlagLetter, 9> flag_letters{{{'S', Flag::syn},
                                                  {'F', Flag::fin},
                                                  {'R', Flag::rst},
                                                  {'P', Flag::psh},
                                                  {'.', Flag::ack},
                                                  {'U', Flag::urg},
                                                  {'E', Flag::ece},
                                                  {'W', Flag::cwr},
                                                  {'A', Flag::ae}}};

std::optional<Flag> flag_of(char letter) {
  const auto known = std::find_if(flag_letters.begin(), flag_letters.end(),
                                  [&](const FlagLetter& f) { return f.letter == letter; });
  return known == flag_letters.end() ? std::nullopt : std::optional{known->flag};
}

// The three bits as one number, AE the highest: RFC 9768 section 3.1.
Flags accurate_ecn_bits(char digit) {
  const int number = digit - '0';
  Flags flags;
  if ((number & 4) != 0) flags |= Flag::ae;
  if ((number & 2) != 0) flags |= Flag::cwr;
  if ((number & 1) != 0) flags |= Flag::ece;
  return flags;
}

// The tokens that make up the flags touch each other: `S` and `.`, `5` and `.`, `P` and `.`.
std::string flag_run(Reader& reader) {
  const auto belongs = [&] {
    return reader.at(TokenKind::word) || reader.at(TokenKind::integer) || reader.at(TokenKind::decimal) ||
           reader.at(".");
  };
  if (!belongs()) reader.expected("TCP flags");
  std::string run{reader.take().text};
  while (reader.peek().joined && belongs()) run += reader.take().text;
  return run;
}

Flags parse_flags(Reader& reader) {
  if (reader.accept("-")) return {};
  const Position at = reader.peek().at;
  const std::string run = flag_run(reader);
  const auto refuse = [&](std::string_view what) {
    reader.malformed(at, fmt::format("expected {}, found '{}'", what, shown(run)));
  };
  Flags flags, counted;
  bool digit = false;
  for (const char letter : run) {
    if (letter >= '0' && letter <= '7') {
      if (digit) refuse("one digit among the flags");
      digit = true;
      counted = accurate_ecn_bits(letter);
      continue;
    }
    const auto flag = flag_of(letter);
    if (!flag) refuse("TCP flags (F, S, R, P, U, E, W, A, a digit from 0 to 7, '.', or '-' for none)");
    if (flags.has(*flag)) refuse("each flag once");
    flags |= *flag;
  }
  if (digit && (flags.has(Flag::ae) || flags.has(Flag::cwr) || flags.has(Flag::ece)))
    refuse("a digit or the letters A, W and E");
  return flags | counted;
}

std::optional<Ports> parse_ports(Reader& reader) {
  if (!reader.at(TokenKind::integer) || !reader.peek(1).is(">")) return std::nullopt;
  Ports ports;
  ports.source = reader.number16("a port");
  reader.expect(">");
  ports.destination = reader.number16("a port");
  return ports;
}

void parse_option_list(Reader& reader, Direction direction, TcpPacket& packet) {
  if (!reader.accept("<")) return;
  if (reader.at("...")) {
    if (direction == Direction::inbound) reader.expected("the options of an inbound packet");
    reader.take();
    packet.options.reset();
  } else {
    packet.options = parse_tcp_options(reader);
  }
  reader.expect(">");
}

TcpPacket parse_tcp(Reader& reader, Direction direction) {
  TcpPacket packet;
  packet.ports = parse_ports(reader);
  packet.flags = parse_flags(reader);
  packet.text = parse_octets(reader);
  if (reader.accept("ack")) packet.ack = reader.number32("an acknowledgment number");
  if (direction == Direction::inbound && !reader.at("win")) reader.expected("'win' of an inbound packet");
  if (reader.accept("win")) packet.window = reader.number16("a window");
  if (reader.accept("urg")) packet.urgent = reader.number16("an urgent pointer");
  parse_option_list(reader, direction, packet);
  return packet;
}

UdpPacket parse_udp(Reader& reader) {
  UdpPacket packet;
  packet.ports = parse_ports(reader);
  reader.expect("(");
  packet.length = reader.number16("a length");
  reader.expect(")");
  return packet;
}

void refuse_other_protocols(Reader& reader) {
  constexpr std::string_view words[]{"ipv4", "ipv6", "gre", "mpls", "sctp", "udplite", "dccp", "eth", "vlan"};
  const bool known =
      std::any_of(std::begin(words), std::end(words), [&](std::string_view word) { return reader.at(word); });
  if (known) reader.unsupported(reader.peek().at, fmt::format("packets of {}", reader.peek().text));
}

bool at_echoed(Reader& reader) {
  const Token& inside = reader.peek(1);
  return reader.at("[") && (inside.kind == TokenKind::integer || inside.is("udp") || inside.is("raw"));
}

}  // namespace

Octets parse_octets(Reader& reader) {
  Octets octets;
  const Position begin = reader.peek().at;
  octets.seq = reader.number32("a sequence number");
  reader.expect(":");
  const std::uint32_t end = reader.number32("a sequence number");
  reader.expect("(");
  octets.length = reader.number16("a length");
  reader.expect(")");
  if (octets.end() != end)
    reader.malformed(begin, fmt::format("expected an end of {} (the beginning and the length), found '{}'",
                                        octets.end(), end));
  return octets;
}

// Older scripts have what an ICMP message echoes directly behind the `<`.
Packet parse_packet(Reader& reader) {
  Packet packet;
  packet.direction = reader.take().text == "<" ? Direction::inbound : Direction::outbound;
  std::optional<Echoed> echoed;
  if (at_echoed(reader)) echoed = parse_echoed(reader);
  if (reader.at("[") || reader.at("(")) packet.ip = parse_ip_info(reader, packet.direction);
  refuse_other_protocols(reader);
  if (echoed && !reader.at("icmp")) reader.expected("'icmp' behind what it echoes");
  if (reader.accept("icmp")) {
    IcmpPacket icmp = parse_icmp(reader);
    if (echoed) icmp.echoed = echoed;
    packet.content = std::move(icmp);
  } else if (reader.accept("udp")) {
    packet.content = parse_udp(reader);
  } else {
    packet.content = parse_tcp(reader, packet.direction);
  }
  return packet;
}

}  // namespace ringside::packetdrill
