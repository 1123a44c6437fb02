#include "run/outbox.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>

#include <fmt/format.h>

#include "ringside/packetdrill/text.hpp"
#include "run/compare.hpp"
#include "run/failure.hpp"

namespace ringside::packetdrill {

namespace {

const SeenTcp& tcp_of(const Seen& seen) { return std::get<SeenTcp>(seen.content); }

// As a script would write it: the ack field only where the flag says so, an urgent pointer if there is one.
TcpPacket written(TcpPacket packet) {
  packet.ports.reset();
  if (!packet.flags.has(Flag::ack) && packet.ack == 0) packet.ack.reset();
  if (packet.urgent == 0) packet.urgent.reset();
  return packet;
}

// What the script speaks of, as it was.
IpInfo ip_of(const IpInfo& expected, const Seen& seen) {
  IpInfo ip;
  constexpr std::array by_bits{Ecn::not_ect, Ecn::ect1, Ecn::ect0, Ecn::ce};  // RFC 3168 section 5
  if (expected.ecn) ip.ecn = by_bits[seen.tos & 3];
  if (expected.tos) ip.tos = seen.tos;
  if (expected.ttl) ip.ttl = seen.ttl;
  if (expected.flow_label) ip.flow_label = seen.flow_label;
  return ip;
}

}  // namespace

std::string line_of(Time at, const Packet& packet) {
  return fmt::format("{:.6f} {}", to_seconds(at - Testbed::started), text_of(packet));
}

// Ports that are written are those of the packet, whoever's it is. What is not TCP has nobody else it could
// belong to.
bool Outbox::fits(const Packet& expected, const Seen& seen) const {
  if (const auto* tcp = std::get_if<TcpPacket>(&expected.content)) {
    const auto* sent = std::get_if<SeenTcp>(&seen.content);
    return tcp->ports ? sent && sent->packet.ports == tcp->ports : under_test_.is_its(seen);
  }
  return std::holds_alternative<UdpPacket>(expected.content) ? std::holds_alternative<SeenUdp>(seen.content)
                                                             : std::holds_alternative<SeenIcmp>(seen.content);
}

std::optional<Outbox::Taken> Outbox::take(const Packet& expected, Time limit) {
  std::optional<Taken> taken;
  const auto look = [&] {
    while (!bed_.sent.empty() && !taken) {
      Testbed::Sent sent = std::move(bed_.sent.front());
      bed_.sent.pop_front();
      const auto seen = decode(sent.packet);
      if (!seen || !fits(expected, *seen)) continue;
      taken = Taken{.sent = std::move(sent)};
      taken->seen = *decode(taken->sent.packet);
    }
    return taken.has_value();
  };
  if (!look()) bed_.advance(limit, look);
  if (taken) doubtful_ = taken->sent.order;
  return taken;
}

void Outbox::note(const Testbed::Sent& sent, const Seen& seen) {
  std::string line;
  if (const auto* tcp = std::get_if<SeenTcp>(&seen.content))
    line = line_of(sent.at, {.direction = Direction::outbound,
                             .content = written(under_test_.naming().to_script(tcp->packet))});
  else if (const auto* udp = std::get_if<SeenUdp>(&seen.content))
    line = line_of(sent.at, {.direction = Direction::outbound, .content = udp->packet});
  else
    line = fmt::format("{:.6f} > icmp {} {}", to_seconds(sent.at - Testbed::started),
                       std::get<SeenIcmp>(seen.content).numbers.type,
                       std::get<SeenIcmp>(seen.content).numbers.code);
  trace_.note(sent.order, std::move(line));
}

std::vector<std::string> Outbox::trace() {
  for (const Testbed::Sent& sent : bed_.sent)
    if (const auto seen = decode(sent.packet)) note(sent, *seen);
  return trace_.lines(doubtful_);
}

Time Outbox::expect(const Packet& expected, Time limit) {
  doubtful_.reset();
  const auto taken = take(expected, limit);
  if (!taken) fail("expected " + text_of(expected) + ", got nothing");
  if (std::holds_alternative<TcpPacket>(expected.content)) return expect_tcp(expected, *taken, limit);
  note(taken->sent, taken->seen);
  const std::string& got = trace_.at(taken->sent.order);
  if (const auto* icmp = std::get_if<IcmpPacket>(&expected.content)) {
    if (icmp_numbers(icmp->type, icmp->code, bed_.network().family()) !=
        std::get<SeenIcmp>(taken->seen.content).numbers)
      fail("expected " + text_of(expected) + ", got " + got);
  } else if (const auto* udp = std::get_if<UdpPacket>(&expected.content)) {
    if (udp->length != std::get<SeenUdp>(taken->seen.content).packet.length)
      fail("expected " + text_of(expected) + ", got " + got);
  }
  if (const auto differs = difference(expected.ip, taken->seen))
    fail(fmt::format("expected {}, got {}: another {}", text_of(expected), got, *differs));
  return taken->sent.at;
}

// Both count from the connection's first; a tick lasts as long as the script says.
bool Outbox::tick(const TcpPacket& expected, const TcpPacket& got) const {
  if (options_.tcp_ts_tick <= Duration{0} || !expected.options) return true;
  const auto value = [](const TcpPacket& packet) -> std::optional<std::uint32_t> {
    for (const TcpOption& option : *packet.options)
      if (const auto* timestamps = std::get_if<Timestamps>(&option)) return timestamps->value;
    return std::nullopt;
  };
  const auto wanted = value(expected), seen = value(got);
  if (!wanted || !seen) return true;
  const auto apart = std::abs(static_cast<std::int64_t>(static_cast<std::int32_t>(*seen - *wanted)));
  const double since_start = static_cast<double>((bed_.now() - Testbed::started).count());
  const double tolerance = std::max(static_cast<double>(options_.tolerance.count()),
                                    since_start * options_.tolerance_percent / 100);
  return static_cast<double>(apart) * static_cast<double>(options_.tcp_ts_tick.count()) <= tolerance;
}

Time Outbox::expect_tcp(const Packet& expected, const Taken& first, Time limit) {
  const auto& wanted = std::get<TcpPacket>(expected.content);
  under_test_.learn(tcp_of(first.seen).packet, wanted);
  note(first.sent, first.seen);
  TcpPacket got = written(under_test_.naming().to_script(tcp_of(first.seen).packet));
  const std::uint16_t piece = got.text.length;
  Time at = first.sent.at;
  std::optional<std::string_view> differs = difference(expected.ip, first.seen);
  const auto zeros = [](std::span<const std::uint8_t> text) {
    return std::ranges::all_of(text, [](std::uint8_t octet) { return octet == 0; });
  };
  if (!differs && !zeros(first.seen.text)) differs = "text: not of zeros";
  while (!differs && !options_.strict_segments && piece > 0 && got.text.length < wanted.text.length) {
    const auto more = take(expected, limit);
    if (!more) break;
    note(more->sent, more->seen);
    differs = join(got, written(under_test_.naming().to_script(tcp_of(more->seen).packet)), piece);
    at = more->sent.at;
  }
  if (!differs) differs = difference(wanted, got);
  if (!differs && !tick(wanted, got)) differs = "value of the timestamp";
  if (!differs && tcp_of(first.seen).reserved != 0) differs = "value of the reserved bits";
  if (differs)
    fail(fmt::format(
        "expected {}, got {}: another {}", text_of(expected),
        text_of(
            Packet{.direction = Direction::outbound, .ip = ip_of(expected.ip, first.seen), .content = got}),
        *differs));
  return at;
}

}  // namespace ringside::packetdrill
