#include "run/compare.hpp"

#include <algorithm>

namespace ringside::packetdrill {

namespace {

// Values of timestamps are compared elsewhere, as times; their echoes are not.
bool alike(const TcpOption& expected, const TcpOption& got) {
  if (expected.index() != got.index()) return false;
  return std::holds_alternative<Timestamps>(expected) || expected == got;
}

std::optional<std::string_view> difference_of_numbers(const TcpPacket& expected, const TcpPacket& got) {
  if (expected.text.seq != got.text.seq) return "sequence number";
  if (expected.text.length != got.text.length) return "length";
  if (expected.ack.value_or(0) != got.ack.value_or(0)) return "ack";
  if (expected.window && expected.window != got.window) return "win";
  if (expected.urgent.value_or(0) != got.urgent.value_or(0)) return "urg";
  return std::nullopt;
}

bool is_ecn(Ecn expected, std::uint8_t bits) {  // RFC 3168 section 5
  switch (expected) {
    case Ecn::not_ect: return bits == 0;
    case Ecn::ect1: return bits == 1;
    case Ecn::ect0: return bits == 2;
    case Ecn::ce: return bits == 3;
    case Ecn::either_ect: return bits == 1 || bits == 2;
  }
  return false;
}

std::size_t octets_of(const std::vector<TcpOption>& options) {
  std::size_t octets = 0;
  for (const TcpOption& option : options) octets += encoded_size(option);
  return octets;
}

}  // namespace

std::optional<std::string_view> difference(const TcpPacket& expected, const TcpPacket& got) {
  if (!(expected.flags == got.flags)) return "flags";
  if (const auto number = difference_of_numbers(expected, got)) return number;
  if (!expected.options || std::ranges::equal(*expected.options, *got.options, alike)) return std::nullopt;
  return "options";
}

std::optional<std::string_view> difference(const IpInfo& expected, const Seen& got) {
  if (expected.ecn && !is_ecn(*expected.ecn, got.tos & 3)) return "ECN field";
  if (expected.tos && *expected.tos != got.tos) return "tos";
  if (expected.ttl && *expected.ttl != got.ttl) return "ttl";
  if (expected.flow_label && *expected.flow_label != got.flow_label) return "flow label";
  return std::nullopt;
}

std::optional<std::string_view> join(TcpPacket& whole, const TcpPacket& next,
                                     std::uint16_t length_of_pieces) {
  const auto same = [&](Flag flag) { return whole.flags.has(flag) == next.flags.has(flag); };
  // All are as long as the first one; the last may be shorter, and only behind that is there a remainder.
  const bool last_was_shorter = whole.text.length % length_of_pieces != 0;
  if (last_was_shorter || next.text.length == 0 || next.text.length > length_of_pieces)
    return "lengths of the segments that make it up";
  if (next.text.seq != whole.text.end()) return "sequence number of the next segment";
  if (!same(Flag::syn) || !same(Flag::rst) || !same(Flag::ack) || !same(Flag::ece) || whole.ack != next.ack ||
      whole.window != next.window || octets_of(*whole.options) != octets_of(*next.options))
    return "flags, ack, window or options of the next segment";
  Flags flags = next.flags;  // FIN and PSH are the last one's
  if (whole.flags.has(Flag::cwr)) flags |= Flag::cwr;
  whole.flags = flags;
  whole.text.length = static_cast<std::uint16_t>(whole.text.length + next.text.length);
  return std::nullopt;
}

}  // namespace ringside::packetdrill
