// The words for ICMP messages. RFC 792, RFC 950, RFC 1122 section 3.2.2.1 and RFC 1812 section 5.2.7.1; RFC
// 4443.
#include <charconv>
#include <span>

#include "ringside/packetdrill/packet.hpp"

namespace ringside::packetdrill {
namespace {

struct Name {
  std::string_view word;
  std::uint8_t number;
};
struct CodeName {
  std::uint8_t type;
  std::string_view word;
  std::uint8_t number;
};

constexpr Name ipv4_types[]{{"echo_reply", 0},         {"unreachable", 3},
                            {"source_quench", 4},      {"redirect", 5},
                            {"echo_request", 8},       {"time_exceeded", 11},
                            {"parameter_problem", 12}, {"timestamp_request", 13},
                            {"timestamp_reply", 14},   {"information_request", 15},
                            {"information_reply", 16}, {"address_mask_request", 17},
                            {"address_mask_reply", 18}};
constexpr CodeName ipv4_codes[]{{3, "net_unreachable", 0},
                                {3, "host_unreachable", 1},
                                {3, "protocol_unreachable", 2},
                                {3, "port_unreachable", 3},
                                {3, "frag_needed", 4},
                                {3, "source_route_failed", 5},
                                {3, "net_unknown", 6},
                                {3, "host_unknown", 7},
                                {3, "source_host_isolated", 8},
                                {3, "net_prohibited", 9},
                                {3, "host_prohibited", 10},
                                {3, "net_unreachable_for_tos", 11},
                                {3, "host_unreachable_for_tos", 12},
                                {3, "packet_filtered", 13},
                                {3, "precedence_violation", 14},
                                {3, "precedence_cutoff", 15}};
constexpr Name ipv6_types[]{{"unreachable", 1},       {"packet_too_big", 2}, {"time_exceeded", 3},
                            {"parameter_problem", 4}, {"echo_request", 128}, {"echo_reply", 129}};
constexpr CodeName ipv6_codes[]{{1, "no_route", 0},
                                {1, "admin_prohibited", 1},
                                {1, "not_neighbour", 2},
                                {1, "address_unreachable", 3},
                                {1, "port_unreachable", 4},
                                {3, "exceeded_hop_limit", 0},
                                {3, "exceeded_frag_time", 1},
                                {4, "header_field", 0},
                                {4, "unknown_next_header", 1},
                                {4, "unknown_option", 2}};

// type_3, code_4
std::optional<std::uint8_t> numbered(std::string_view word, std::string_view prefix) {
  if (!word.starts_with(prefix)) return std::nullopt;
  word.remove_prefix(prefix.size());
  std::uint8_t number = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), number);
  if (error != std::errc{} || end != word.data() + word.size()) return std::nullopt;
  return number;
}

std::optional<std::uint8_t> type_number(std::string_view word, std::span<const Name> types) {
  for (const Name& known : types)
    if (known.word == word) return known.number;
  return numbered(word, "type_");
}

std::optional<std::uint8_t> code_number(std::string_view word, std::uint8_t type,
                                        std::span<const CodeName> codes) {
  if (word.empty()) return 0;
  for (const CodeName& known : codes)
    if (known.type == type && known.word == word) return known.number;
  return numbered(word, "code_");
}

}  // namespace

std::optional<IcmpNumbers> icmp_numbers(std::string_view type, std::string_view code, IpFamily family) {
  const bool ipv4 = family == IpFamily::ipv4;
  const auto type_found = ipv4 ? type_number(type, ipv4_types) : type_number(type, ipv6_types);
  if (!type_found) return std::nullopt;
  const auto code_found =
      ipv4 ? code_number(code, *type_found, ipv4_codes) : code_number(code, *type_found, ipv6_codes);
  if (!code_found) return std::nullopt;
  return IcmpNumbers{*type_found, *code_found};
}

}  // namespace ringside::packetdrill
