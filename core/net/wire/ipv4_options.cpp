// RFC 791 section 3.1, RFC 1122 section 3.2.1.8. The checks are those of Linux ip_options_compile(), what a
// router adds those of ip_forward_options().
#include "ringside/net/wire/ipv4_options.hpp"

#include "ringside/net/checksum.hpp"

namespace ringside::net::wire {
namespace {

enum class Option : std::uint8_t {  // IANA ip-parameters
  end_of_list = 0,
  no_operation = 1,
  record_route = 7,
  timestamp = 68,
  loose_source_route = 131,
  strict_source_route = 137,
  router_alert = 148,  // RFC 2113
};
enum class Stamp : std::uint8_t { time = 0, with_address = 1, by_address = 3 };  // flags of a timestamp

constexpr std::size_t length_at = 1, pointer_at = 2, overflow_at = 3, checksum_at = 10;
constexpr std::size_t address_octets = 4;

std::size_t stamp_octets(Stamp kind) { return kind == Stamp::time ? address_octets : 2 * address_octets; }

// Where a timestamp is wrong.
std::optional<std::size_t> problem_of_stamps(ByteView option) {
  constexpr std::size_t first = 5;
  if (option.size() < first - 1) return length_at;
  if (option[pointer_at] < first) return pointer_at;
  const Stamp kind{static_cast<std::uint8_t>(option[overflow_at] & 0xf)};
  const bool known = kind == Stamp::time || kind == Stamp::with_address || kind == Stamp::by_address;
  if (option[pointer_at] > option.size())
    return option[overflow_at] >> 4 == 0xf ? std::optional{overflow_at} : std::nullopt;
  if (!known) return overflow_at;
  const std::size_t end = option[pointer_at] - std::size_t{1} + stamp_octets(kind);
  return end > option.size() ? std::optional{pointer_at} : std::nullopt;
}

std::optional<std::size_t> problem_of_route(ByteView option) {
  constexpr std::size_t first = 4;
  if (option.size() < first - 1) return length_at;
  if (option[pointer_at] < first) return pointer_at;
  const bool room = option[pointer_at] <= option.size();
  const bool whole = option[pointer_at] - std::size_t{1} + address_octets <= option.size();
  return room && !whole ? std::optional{pointer_at} : std::nullopt;
}

std::optional<std::size_t> problem_of(Option kind, ByteView option) {
  switch (kind) {
    case Option::record_route:
    case Option::loose_source_route:
    case Option::strict_source_route: return problem_of_route(option);
    case Option::timestamp: return problem_of_stamps(option);
    case Option::router_alert: return option.size() < 4 ? std::optional{length_at} : std::nullopt;
    case Option::end_of_list:
    case Option::no_operation: break;
  }
  return std::nullopt;
}

// Calls `each(kind, at, octets)` for every option but padding, until one is cut off, whose place is returned,
// or `each` is false.
template <class Each>
std::optional<std::size_t> walk(ByteView header, Each each) {
  for (std::size_t at = Ipv4Header::size; at < header.size();) {
    const Option kind{header[at]};
    if (kind == Option::end_of_list) break;
    if (kind == Option::no_operation) {
      ++at;
      continue;
    }
    if (at + 1 >= header.size()) return at;
    const std::size_t octets = header[at + 1];
    if (octets < 2 || at + octets > header.size()) return at + length_at;
    if (!each(kind, at, octets)) break;
    at += octets;
  }
  return std::nullopt;
}

void record(ByteSpan option, Ipv4Address own) {
  std::uint8_t& pointer = option[pointer_at];
  if (pointer > option.size()) return;
  store_address(option, pointer - std::size_t{1}, own);
  pointer = static_cast<std::uint8_t>(pointer + address_octets);
}

void stamp(ByteSpan option, Ipv4Address own, Time now) {
  std::uint8_t& pointer = option[pointer_at];
  const Stamp kind{static_cast<std::uint8_t>(option[overflow_at] & 0xf)};
  if (pointer > option.size()) {
    option[overflow_at] = static_cast<std::uint8_t>(option[overflow_at] + 0x10);
    return;
  }
  std::size_t at = pointer - std::size_t{1};
  if (kind == Stamp::by_address && load_address(option, at) != own) return;
  if (kind == Stamp::with_address) store_address(option, at, own);
  if (kind != Stamp::time) at += address_octets;
  constexpr std::int64_t milliseconds_of_day = 86'400'000;
  const auto milliseconds = now.time_since_epoch() / Duration{std::chrono::milliseconds{1}};
  store32(option, at, static_cast<std::uint32_t>(milliseconds % milliseconds_of_day));
  pointer = static_cast<std::uint8_t>(pointer + stamp_octets(kind));
}

}  // namespace

Ipv4Options read_ipv4_options(ByteView header) {
  Ipv4Options read;
  const auto cut_off = walk(header, [&](Option kind, std::size_t at, std::size_t octets) {
    read.any = true;
    if (const auto problem = problem_of(kind, header.subspan(at, octets)))
      read.problem = static_cast<std::uint8_t>(at + *problem);
    if (kind == Option::loose_source_route || kind == Option::strict_source_route) read.source_routed = true;
    return !read.problem;
  });
  if (cut_off) read.problem = static_cast<std::uint8_t>(*cut_off);
  return read;
}

// RFC 1812 section 5.3.13: record route, and timestamp.
void record_passage(ByteSpan header, Ipv4Address own, Time now) {
  walk(header, [&](Option kind, std::size_t at, std::size_t octets) {
    const ByteSpan option = header.subspan(at, octets);
    if (kind == Option::record_route) record(option, own);
    if (kind == Option::timestamp) stamp(option, own, now);
    return true;
  });
  store16(header, checksum_at, 0);
  store16(header, checksum_at, internet_checksum(header));
}

}  // namespace ringside::net::wire
