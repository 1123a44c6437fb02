#include <fmt/format.h>

#include "ringside/packetdrill/text.hpp"

namespace ringside::packetdrill {
namespace {

template <class... Cases>
struct Overload : Cases... {
  using Cases::operator()...;
};
template <class... Cases>
Overload(Cases...) -> Overload<Cases...>;

std::string_view word(Ecn ecn) {
  switch (ecn) {
    case Ecn::not_ect: return "noecn";
    case Ecn::ect1: return "ect1";
    case Ecn::ect0: return "ect0";
    case Ecn::ce: return "ce";
    case Ecn::either_ect: return "ect01";
  }
  return "";
}

std::string hex(const std::vector<std::uint8_t>& octets) {
  std::string text;
  for (const std::uint8_t octet : octets) text += fmt::format("{:02x}", octet);
  return text;
}

std::string joined(const std::vector<std::string>& parts, std::string_view separator) {
  std::string text;
  for (const std::string& part : parts) {
    if (!text.empty()) text += separator;
    text += part;
  }
  return text;
}

std::string text_of(const IpInfo& info) {
  std::vector<std::string> parts;
  if (info.ecn) parts.emplace_back(word(*info.ecn));
  if (info.tos) parts.push_back(fmt::format("tos 0x{:02x}", *info.tos));
  if (info.ttl) parts.push_back(fmt::format("ttl {}", *info.ttl));
  if (info.flow_label) parts.push_back(fmt::format("flowlabel 0x{:05x}", *info.flow_label));
  return parts.empty() ? "" : fmt::format("[{}] ", joined(parts, ","));
}

std::string text_of(const std::optional<Ports>& ports) {
  return ports ? fmt::format("{} > {} ", ports->source, ports->destination) : "";
}

std::string text_of(Octets octets) {
  return fmt::format("{}:{}({})", octets.seq, octets.end(), octets.length);
}

std::string text_of(const TcpPacket& packet) {
  std::string text = text_of(packet.ports) + packetdrill::text_of(packet.flags) + ' ' + text_of(packet.text);
  if (packet.ack) text += fmt::format(" ack {}", *packet.ack);
  if (packet.window) text += fmt::format(" win {}", *packet.window);
  if (packet.urgent) text += fmt::format(" urg {}", *packet.urgent);
  if (!packet.options) return text + " <...>";
  if (packet.options->empty()) return text;
  std::vector<std::string> options;
  for (const TcpOption& option : *packet.options) options.push_back(packetdrill::text_of(option));
  return fmt::format("{} <{}>", text, joined(options, ","));
}

std::string text_of(const UdpPacket& packet) {
  return fmt::format("udp {}({})", text_of(packet.ports), packet.length);
}

std::string text_of(const Echoed& echoed) {
  return std::visit(Overload{[](Octets tcp) { return text_of(tcp); },
                             [](EchoedUdp udp) { return fmt::format("udp ({})", udp.length); },
                             [](EchoedRaw raw) { return fmt::format("raw ({})", raw.length); }},
                    echoed);
}

std::string text_of(const IcmpPacket& packet) {
  std::string text = "icmp " + packet.type;
  if (!packet.code.empty()) text += ' ' + packet.code;
  if (packet.mtu) text += fmt::format(" mtu {}", *packet.mtu);
  if (packet.id) text += fmt::format(" id {}", *packet.id);
  if (packet.echoed) text += fmt::format(" [{}]", text_of(*packet.echoed));
  return text;
}

std::string text_of(const Sack& option) {
  std::string text = "sack";
  for (const SackBlock& block : option.blocks) text += fmt::format(" {}:{}", block.begin, block.end);
  return text;
}

std::string text_of(const AccurateEcn& option) {
  const bool ect0_first = option.order == AccurateEcn::Order::ect0_first;
  constexpr std::string_view names[2][3]{{"e1b", "ceb", "e0b"}, {"e0b", "ceb", "e1b"}};
  std::string text = "ECN";
  for (std::size_t i = 0; i < option.counters.size(); ++i)
    text += fmt::format(" {} {}", names[ect0_first ? 1 : 0][i], option.counters[i]);
  return text;
}

}  // namespace

std::string text_of(Flags flags) {
  std::string text;
  constexpr std::pair<Flag, char> letters[]{{Flag::syn, 'S'}, {Flag::fin, 'F'}, {Flag::rst, 'R'},
                                            {Flag::psh, 'P'}, {Flag::urg, 'U'}, {Flag::ece, 'E'},
                                            {Flag::cwr, 'W'}, {Flag::ae, 'A'},  {Flag::ack, '.'}};
  for (const auto& [flag, letter] : letters)
    if (flags.has(flag)) text += letter;
  return text.empty() ? "-" : text;
}

std::string text_of(const TcpOption& option) {
  return std::visit(Overload{[](const Mss& mss) { return fmt::format("mss {}", mss.bytes); },
                             [](const WindowScale& scale) { return fmt::format("wscale {}", scale.shift); },
                             [](const SackPermitted&) { return std::string{"sackOK"}; },
                             [](const Sack& sack) { return text_of(sack); },
                             [](const Timestamps& stamps) {
                               return fmt::format("TS val {} ecr {}", stamps.value, stamps.echo_reply);
                             },
                             [](const NoOperation&) { return std::string{"nop"}; },
                             [](const EndOfOptions&) { return std::string{"eol"}; },
                             [](const Md5& md5) { return "md5 " + hex(md5.digest); },
                             [](const FastOpen& open) {
                               return (open.experimental ? "FOEXP" : "FO") +
                                      (open.cookie.empty() ? "" : ' ' + hex(open.cookie));
                             },
                             [](const AccurateEcn& ecn) { return text_of(ecn); }},
                    option);
}

std::string text_of(const Packet& packet) {
  return (packet.direction == Direction::inbound ? "< " : "> ") + text_of(packet.ip) +
         std::visit([](const auto& content) { return text_of(content); }, packet.content);
}

}  // namespace ringside::packetdrill
