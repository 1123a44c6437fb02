// mss 1460,sackOK,TS val 100 ecr 0,nop,wscale 7
#include <fmt/format.h>

#include <algorithm>

#include "parts.hpp"

namespace ringside::packetdrill {
namespace {

constexpr std::size_t max_options_size = 40;  // RFC 9293 section 3.1: the data offset has four bits
constexpr std::size_t digest_size = 16;       // RFC 2385 section 3

int nibble(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// A run of hexadecimal digits is a word or an integer; it may begin with 0x.
std::vector<std::uint8_t> hex_octets(Reader& reader, std::string_view what,
                                     std::optional<std::size_t> size = {}) {
  std::string_view digits = reader.peek().text;
  if (digits.starts_with("0x")) digits.remove_prefix(2);
  const bool all_hex = std::all_of(digits.begin(), digits.end(), [](char c) { return nibble(c) >= 0; });
  const bool fits = digits.size() % 2 == 0 && digits.size() / 2 <= size.value_or(max_options_size);
  if (!all_hex || !fits || (size && digits.size() / 2 != *size)) reader.expected(what);
  std::vector<std::uint8_t> octets;
  for (std::size_t i = 0; i < digits.size(); i += 2)
    octets.push_back(static_cast<std::uint8_t>(nibble(digits[i]) << 4 | nibble(digits[i + 1])));
  reader.take();
  return octets;
}

TcpOption sack(Reader& reader) {
  Sack option;
  do {
    SackBlock block;
    block.begin = reader.number32("a sequence number");
    reader.expect(":");
    block.end = reader.number32("a sequence number");
    if (option.blocks.size() * 8 < max_options_size) option.blocks.push_back(block);
  } while (reader.at(TokenKind::integer));
  return option;
}

TcpOption timestamps(Reader& reader) {
  Timestamps option;
  reader.expect("val");
  option.value = reader.number32("a timestamp");
  reader.expect("ecr");
  option.echo_reply = reader.number32("a timestamp");
  return option;
}

TcpOption fast_open(Reader& reader, bool experimental) {
  FastOpen option{.experimental = experimental};
  if (!reader.at(",") && !reader.at(">"))
    option.cookie = hex_octets(reader, "a cookie, as an even number of hexadecimal digits");
  return option;
}

// The counters come in one of two orders; any number of them may be left out at the end.
TcpOption accurate_ecn(Reader& reader) {
  AccurateEcn option;
  if (!reader.at("e0b")) option.order = AccurateEcn::Order::ect1_first;
  const bool ect0_first = option.order == AccurateEcn::Order::ect0_first;
  for (const std::string_view counter : {ect0_first ? "e0b" : "e1b", "ceb", ect0_first ? "e1b" : "e0b"}) {
    if (!reader.accept(counter)) break;
    option.counters.push_back(static_cast<std::uint32_t>(reader.number("a counter", (1u << 24) - 1)));
  }
  return option;
}

bool of_multipath(std::string_view word) {
  constexpr std::string_view words[]{"mp_capable",  "mp_capable_no_cs", "mp_join_syn", "mp_join_syn_ack",
                                     "mp_join_ack", "mp_fail",          "mp_prio",     "mp_fastclose",
                                     "dss",         "add_address",      "add_addr",    "remove_address",
                                     "rm_addr"};
  return std::find(std::begin(words), std::end(words), word) != std::end(words);
}

TcpOption one(Reader& reader) {
  if (reader.accept("nop")) return NoOperation{};
  if (reader.accept("eol")) return EndOfOptions{};
  if (reader.accept("mss")) return Mss{reader.number16("a segment size")};
  if (reader.accept("wscale"))
    return WindowScale{static_cast<std::uint8_t>(reader.number("a window shift", UINT8_MAX))};
  if (reader.accept("sackOK")) return SackPermitted{};
  if (reader.accept("sack")) return sack(reader);
  if (reader.accept("TS")) return timestamps(reader);
  if (reader.accept("md5")) return Md5{hex_octets(reader, "a digest of 32 hexadecimal digits", digest_size)};
  if (reader.accept("FO")) return fast_open(reader, false);
  if (reader.accept("FOEXP")) return fast_open(reader, true);
  if (reader.accept("ECN") || reader.accept("AccECN") || reader.accept("accecn")) return accurate_ecn(reader);
  if (of_multipath(reader.peek().text))
    reader.unsupported(reader.peek().at, fmt::format("the TCP option {}", reader.peek().text));
  reader.expected("a TCP option");
}

struct Size {
  std::size_t operator()(const Mss&) const { return 4; }
  std::size_t operator()(const WindowScale&) const { return 3; }
  std::size_t operator()(const SackPermitted&) const { return 2; }
  std::size_t operator()(const Sack& option) const { return 2 + 8 * option.blocks.size(); }
  std::size_t operator()(const Timestamps&) const { return 10; }
  std::size_t operator()(const NoOperation&) const { return 1; }
  std::size_t operator()(const EndOfOptions&) const { return 1; }
  std::size_t operator()(const Md5& option) const { return 2 + option.digest.size(); }
  std::size_t operator()(const FastOpen& option) const {
    return (option.experimental ? 4 : 2) + option.cookie.size();
  }
  std::size_t operator()(const AccurateEcn& option) const { return 2 + 3 * option.counters.size(); }
};

}  // namespace

std::size_t encoded_size(const TcpOption& option) { return std::visit(Size{}, option); }

std::vector<TcpOption> parse_tcp_options(Reader& reader) {
  const Position begin = reader.peek().at;
  std::vector<TcpOption> options;
  std::size_t size = 0;
  do {
    options.push_back(one(reader));
    size += encoded_size(options.back());
    if (size > max_options_size)
      reader.malformed(begin,
                       fmt::format("expected options of at most {} octets, found more", max_options_size));
  } while (reader.accept(","));
  if (size % 4 != 0)
    reader.malformed(begin, fmt::format("expected options of a multiple of 4 octets, found {}", size));
  return options;
}

}  // namespace ringside::packetdrill
