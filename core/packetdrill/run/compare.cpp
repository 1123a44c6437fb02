#include "run/compare.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "ringside/packetdrill/text.hpp"

namespace ringside::packetdrill {

namespace {

std::string said(std::string_view what, std::string_view expected, std::string_view got) {
  return fmt::format("expected {}{}, got {}", what, expected, got);
}

std::string options_text(const std::vector<TcpOption>& options) {
  std::string text = "<";
  for (const TcpOption& option : options) {
    if (text.size() > 1) text += ',';
    text += text_of(option);
  }
  return text + '>';
}

// Values of timestamps are compared elsewhere, as times; their echoes are not.
bool alike(const TcpOption& expected, const TcpOption& got) {
  if (expected.index() != got.index()) return false;
  return std::holds_alternative<Timestamps>(expected) || expected == got;
}

std::optional<std::string> difference_of_numbers(const TcpPacket& expected, const TcpPacket& got) {
  if (expected.text.seq != got.text.seq)
    return said("sequence number ", fmt::to_string(expected.text.seq), fmt::to_string(got.text.seq));
  if (expected.text.length != got.text.length)
    return said("a length of ", fmt::to_string(expected.text.length), fmt::to_string(got.text.length));
  if (expected.ack.value_or(0) != got.ack.value_or(0))
    return said("ack ", fmt::to_string(expected.ack.value_or(0)), fmt::to_string(got.ack.value_or(0)));
  if (expected.window && expected.window != got.window)
    return said("win ", fmt::to_string(*expected.window), fmt::to_string(got.window.value_or(0)));
  if (expected.urgent.value_or(0) != got.urgent.value_or(0))
    return said("urg ", fmt::to_string(expected.urgent.value_or(0)), fmt::to_string(got.urgent.value_or(0)));
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

}  // namespace

std::optional<std::string> difference(const TcpPacket& expected, const TcpPacket& got) {
  if (!(expected.flags == got.flags)) return said("flags ", text_of(expected.flags), text_of(got.flags));
  if (auto numbers = difference_of_numbers(expected, got)) return numbers;
  if (!expected.options) return std::nullopt;
  if (std::ranges::equal(*expected.options, *got.options, alike)) return std::nullopt;
  return said("options ", options_text(*expected.options), options_text(*got.options));
}

std::optional<std::string> difference(const IpInfo& expected, const Seen& got) {
  const auto ecn = static_cast<std::uint8_t>(got.tos & 3);
  if (expected.ecn && !is_ecn(*expected.ecn, ecn))
    return said("another ECN field", "", fmt::format("{:02b} in it", ecn));
  if (expected.tos && *expected.tos != got.tos)
    return said("tos ", fmt::format("0x{:02x}", *expected.tos), fmt::format("0x{:02x}", got.tos));
  if (expected.ttl && *expected.ttl != got.ttl)
    return said("ttl ", fmt::to_string(*expected.ttl), fmt::to_string(got.ttl));
  return std::nullopt;
}

std::optional<std::string> join(TcpPacket& whole, const TcpPacket& next, std::uint16_t length_of_pieces) {
  const auto same = [&](Flag flag) { return whole.flags.has(flag) == next.flags.has(flag); };
  if (whole.text.length % length_of_pieces != 0) return "the segments that make it up have other lengths";
  if (next.text.seq != whole.text.end()) return "the next segment does not continue it";
  if (!same(Flag::syn) || !same(Flag::rst) || !same(Flag::ack) || !same(Flag::ece) || whole.ack != next.ack ||
      whole.window != next.window || whole.options->size() != next.options->size())
    return "the next segment has other flags, another ack, another window or other options";
  Flags flags = next.flags;  // FIN and PSH are the last one's
  if (whole.flags.has(Flag::cwr)) flags |= Flag::cwr;
  whole.flags = flags;
  whole.text.length = static_cast<std::uint16_t>(whole.text.length + next.text.length);
  return std::nullopt;
}

}  // namespace ringside::packetdrill
