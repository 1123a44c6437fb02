#include "run/tcp_options.hpp"

#include "ringside/net/wire/bytes.hpp"

namespace ringside::packetdrill {

namespace wire = net::wire;

namespace {

// IANA tcp-parameters.
constexpr std::uint8_t end = 0, no_operation = 1, mss = 2, window_scale = 3, sack_permitted = 4, sack = 5,
                       timestamps = 8, md5 = 19, fast_open = 34, ect0_first = 172, ect1_first = 174,
                       experimental = 254;
constexpr std::uint16_t fast_open_magic = 0xf989;  // RFC 7413 appendix A

struct Appender {
  std::vector<std::uint8_t>& to;

  void byte(std::uint64_t value) const { to.push_back(static_cast<std::uint8_t>(value)); }
  void word(std::uint32_t value) const { byte(value >> 8), byte(value); }
  void number(std::uint32_t value) const { word(value >> 16), word(value); }
  void octets(const std::vector<std::uint8_t>& all) const { to.insert(to.end(), all.begin(), all.end()); }
  void head(std::uint8_t kind, std::size_t length) const { byte(kind), byte(length); }

  void operator()(const Mss& its) const { head(mss, 4), word(its.bytes); }
  void operator()(const WindowScale& its) const { head(window_scale, 3), byte(its.shift); }
  void operator()(const SackPermitted&) const { head(sack_permitted, 2); }
  void operator()(const Sack& its) const {
    head(sack, 2 + 8 * its.blocks.size());
    for (const SackBlock& block : its.blocks) number(block.begin), number(block.end);
  }
  void operator()(const Timestamps& its) const {
    head(timestamps, 10), number(its.value), number(its.echo_reply);
  }
  void operator()(const NoOperation&) const { byte(no_operation); }
  void operator()(const EndOfOptions&) const { byte(end); }
  void operator()(const Md5& its) const { head(md5, 2 + its.digest.size()), octets(its.digest); }
  void operator()(const FastOpen& its) const {
    head(its.experimental ? experimental : fast_open, (its.experimental ? 4 : 2) + its.cookie.size());
    if (its.experimental) word(fast_open_magic);
    octets(its.cookie);
  }
  void operator()(const AccurateEcn& its) const {
    head(static_cast<std::uint8_t>(its.order), 2 + 3 * its.counters.size());
    for (const std::uint32_t counter : its.counters) byte(counter >> 16), word(counter);
  }
};

std::vector<std::uint8_t> copy(std::span<const std::uint8_t> octets) {
  return {octets.begin(), octets.end()};
}

Sack blocks_of(std::span<const std::uint8_t> value) {
  Sack sack;
  for (std::size_t at = 0; at + 8 <= value.size(); at += 8)
    sack.blocks.push_back({wire::load32(value, at), wire::load32(value, at + 4)});
  return sack;
}

AccurateEcn counters_of(std::uint8_t kind, std::span<const std::uint8_t> value) {
  AccurateEcn counters{.order = static_cast<AccurateEcn::Order>(kind)};
  for (std::size_t at = 0; at + 3 <= value.size(); at += 3)
    counters.counters.push_back(std::uint32_t{value[at]} << 16 | wire::load16(value, at + 1));
  return counters;
}

bool is_length_of(std::uint8_t kind, std::size_t length) {  // of the value
  switch (kind) {
    case mss: return length == 2;
    case window_scale: return length == 1;
    case sack_permitted: return length == 0;
    case sack: return length % 8 == 0;
    case timestamps: return length == 8;
    case ect0_first:
    case ect1_first: return length % 3 == 0;
    case experimental: return length >= 2;
    default: return kind == md5 || kind == fast_open;
  }
}

// False: no script can write it.
bool append_option(std::vector<TcpOption>& all, std::uint8_t kind, std::span<const std::uint8_t> value) {
  if (!is_length_of(kind, value.size())) return false;
  switch (kind) {
    case mss: all.emplace_back(Mss{wire::load16(value, 0)}); return true;
    case window_scale: all.emplace_back(WindowScale{value[0]}); return true;
    case sack_permitted: all.emplace_back(SackPermitted{}); return true;
    case sack: all.emplace_back(blocks_of(value)); return true;
    case timestamps:
      all.emplace_back(Timestamps{wire::load32(value, 0), wire::load32(value, 4)});
      return true;
    case md5: all.emplace_back(Md5{copy(value)}); return true;
    case fast_open: all.emplace_back(FastOpen{.cookie = copy(value)}); return true;
    case experimental:
      all.emplace_back(FastOpen{.cookie = copy(value.subspan(2)), .experimental = true});
      return wire::load16(value, 0) == fast_open_magic;
    default: all.emplace_back(counters_of(kind, value)); return true;
  }
}

}  // namespace

void append(std::vector<std::uint8_t>& octets, const TcpOption& option) {
  std::visit(Appender{octets}, option);
}

std::optional<std::vector<TcpOption>> parse_options(std::span<const std::uint8_t> octets) {
  std::vector<TcpOption> all;
  while (!octets.empty()) {
    const std::uint8_t kind = octets[0];
    if (kind == end || kind == no_operation) {
      if (kind == end)
        all.emplace_back(EndOfOptions{});
      else
        all.emplace_back(NoOperation{});
      octets = octets.subspan(1);
      continue;
    }
    if (octets.size() < 2 || octets[1] < 2 || octets[1] > octets.size()) return std::nullopt;
    if (!append_option(all, kind, octets.subspan(2, octets[1] - std::size_t{2}))) return std::nullopt;
    octets = octets.subspan(octets[1]);
  }
  return all;
}

}  // namespace ringside::packetdrill
