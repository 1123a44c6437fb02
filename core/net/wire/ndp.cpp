// RFC 4861 section 4.
#include "ringside/net/wire/ndp.hpp"

#include "ringside/net/checksum.hpp"

namespace ringside::net::wire {
namespace {

enum class Option : std::uint8_t { source_link = 1, target_link = 2, prefix = 3, mtu = 5 };

constexpr std::uint32_t router_bit = 1u << 31, solicited_bit = 1u << 30, override_bit = 1u << 29;
constexpr std::size_t target_bytes = 16, option_unit = 8;

void read_option(Option kind, ByteView option, NdpOptions& options) {
  if (kind == Option::source_link && option.size() == 8) {
    options.source = load_mac(option, 2);
  } else if (kind == Option::target_link && option.size() == 8) {
    options.target = load_mac(option, 2);
  } else if (kind == Option::mtu && option.size() == 8) {
    options.mtu = load32(option, 4);
  } else if (kind == Option::prefix && option.size() == 32 && options.prefixes < NdpOptions::most_prefixes) {
    options.prefix[options.prefixes++] = {.length = option[2],
                                          .on_link = (option[3] & 0x80) != 0,
                                          .autonomous = (option[3] & 0x40) != 0,
                                          .valid_seconds = load32(option, 4),
                                          .preferred_seconds = load32(option, 8),
                                          .prefix = load_ipv6_address(option, 16)};
  }
}

void write_link(ByteSpan to, Option kind, MacAddress link) {
  to[0] = static_cast<std::uint8_t>(kind);
  to[1] = 1;  // unit of eight octets
  store_mac(to, 2, link);
}

}  // namespace

std::optional<NdpOptions> parse_ndp_options(ByteView bytes) {
  NdpOptions options;
  while (!bytes.empty()) {
    if (bytes.size() < option_unit) return std::nullopt;
    const std::size_t size = bytes[1] * option_unit;
    if (size == 0 || size > bytes.size()) return std::nullopt;
    read_option(Option{bytes[0]}, bytes.first(size), options);
    bytes = bytes.subspan(size);
  }
  return options;
}

std::optional<NeighborMessage> parse_neighbor_message(const Icmpv6Header& header, ByteView payload) {
  if (payload.size() < target_bytes) return std::nullopt;
  const auto options = parse_ndp_options(payload.subspan(target_bytes));
  if (!options) return std::nullopt;
  return NeighborMessage{.router = (header.rest & router_bit) != 0,
                         .solicited = (header.rest & solicited_bit) != 0,
                         .override = (header.rest & override_bit) != 0,
                         .target = load_ipv6_address(payload, 0),
                         .options = *options};
}

std::optional<RouterAdvertisement> parse_router_advertisement(const Icmpv6Header& header, ByteView payload) {
  constexpr std::size_t timers = 8;
  if (payload.size() < timers) return std::nullopt;
  const auto options = parse_ndp_options(payload.subspan(timers));
  if (!options) return std::nullopt;
  return RouterAdvertisement{.hop_limit = static_cast<std::uint8_t>(header.rest >> 24),
                             .lifetime_seconds = static_cast<std::uint16_t>(header.rest),
                             .reachable_ms = load32(payload, 0),
                             .retransmit_ms = load32(payload, 4),
                             .options = *options};
}

std::optional<RedirectMessage> parse_redirect(ByteView payload) {
  constexpr std::size_t addresses = 32;
  if (payload.size() < addresses) return std::nullopt;
  const auto options = parse_ndp_options(payload.subspan(addresses));
  if (!options) return std::nullopt;
  return RedirectMessage{.target = load_ipv6_address(payload, 0),
                         .destination = load_ipv6_address(payload, 16),
                         .options = *options};
}

void write_neighbor_solicitation(ByteSpan to, const IpAddress& target, std::optional<MacAddress> link,
                                 const IpAddress& source, const IpAddress& destination) {
  store_ipv6_address(to, Icmpv6Header::size, target);
  if (link) write_link(to.subspan(Icmpv6Header::size + target_bytes), Option::source_link, *link);
  write(to, {Icmpv6Type::neighbor_solicitation, 0, 0}, source, destination);
}

void write_neighbor_advertisement(ByteSpan to, const NeighborMessage& message, MacAddress link,
                                  const IpAddress& source, const IpAddress& destination) {
  const std::uint32_t flags = (message.router ? router_bit : 0) | (message.solicited ? solicited_bit : 0) |
                              (message.override ? override_bit : 0);
  store_ipv6_address(to, Icmpv6Header::size, message.target);
  write_link(to.subspan(Icmpv6Header::size + target_bytes), Option::target_link, link);
  write(to, {Icmpv6Type::neighbor_advertisement, 0, flags}, source, destination);
}

void write_router_solicitation(ByteSpan to, std::optional<MacAddress> link, const IpAddress& source,
                               const IpAddress& destination) {
  if (link) write_link(to.subspan(Icmpv6Header::size), Option::source_link, *link);
  write(to, {Icmpv6Type::router_solicitation, 0, 0}, source, destination);
}

void write_listener_report(ByteSpan to, ListenerRecord record, const IpAddress& group,
                           const IpAddress& source) {
  constexpr std::array<std::uint8_t, 8> router_alert{static_cast<std::uint8_t>(IpProtocol::icmpv6),
                                                     0,  // no more than eight octets
                                                     5,
                                                     2,
                                                     0,
                                                     0,  // RFC 2711: MLD
                                                     1,
                                                     0};  // PadN
  std::copy(router_alert.begin(), router_alert.end(), to.begin());
  const ByteSpan message = to.subspan(router_alert.size());
  constexpr std::uint32_t one_record = 1;
  store32(message, 8, std::uint32_t{static_cast<std::uint8_t>(record)} << 24);
  store_ipv6_address(message, 12, group);
  write(message, {Icmpv6Type::listener_report_v2, 0, one_record}, source, all_mldv2_routers);
}

}  // namespace ringside::net::wire
