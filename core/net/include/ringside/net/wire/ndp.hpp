// RFC 4861 section 4: the messages of neighbor discovery and their options; RFC 3810: reports of MLDv2.
#pragma once

#include <array>
#include <optional>

#include "ringside/net/wire/icmpv6.hpp"

namespace ringside::net::wire {

struct PrefixInformation {  // section 4.6.2
  int length = 0;
  bool on_link = false, autonomous = false;
  std::uint32_t valid_seconds = 0, preferred_seconds = 0;  // all ones: for ever
  IpAddress prefix{};
};

// What the options of a message say; those that nobody here knows are passed over.
struct NdpOptions {
  std::optional<MacAddress> source{}, target{};  // link-layer addresses
  std::optional<std::uint32_t> mtu{};
  static constexpr std::size_t most_prefixes = 8;  // of a message; the rest is not looked at
  std::array<PrefixInformation, most_prefixes> prefix{};
  std::size_t prefixes = 0;
};
// nullopt: an option of length 0, or one that is cut off (section 6.1: the whole message is dropped).
std::optional<NdpOptions> parse_ndp_options(ByteView bytes);

struct NeighborMessage {  // sections 4.3 and 4.4, from behind the first four octets of ICMPv6
  bool router = false, solicited = false, override = false;  // of an advertisement
  IpAddress target{};
  NdpOptions options{};
};
// `message`: an ICMPv6 message whose checksum is right.
std::optional<NeighborMessage> parse_neighbor_message(const Icmpv6Header& header, ByteView payload);

struct RouterAdvertisement {                          // section 4.2
  std::uint8_t hop_limit = 0;                         // 0: says nothing
  std::uint16_t lifetime_seconds = 0;                 // as a default router; 0: it is none
  std::uint32_t reachable_ms = 0, retransmit_ms = 0;  // 0: says nothing
  NdpOptions options{};
};
std::optional<RouterAdvertisement> parse_router_advertisement(const Icmpv6Header& header, ByteView payload);

struct RedirectMessage {  // section 4.5
  IpAddress target{};     // the better first hop; the destination itself, if that is on the link
  IpAddress destination{};
  NdpOptions options{};
};
std::optional<RedirectMessage> parse_redirect(ByteView payload);

// A solicitation or advertisement of a neighbor, with the sender's link-layer address as its option unless
// `link` is empty. Written with its checksum; the length is neighbor_message_size().
constexpr std::size_t neighbor_message_size(bool with_link) { return 24 + (with_link ? 8 : 0); }
void write_neighbor_solicitation(ByteSpan to, const IpAddress& target, std::optional<MacAddress> link,
                                 const IpAddress& source, const IpAddress& destination);
void write_neighbor_advertisement(ByteSpan to, const NeighborMessage& message, MacAddress link,
                                  const IpAddress& source, const IpAddress& destination);
constexpr std::size_t router_solicitation_size(bool with_link) { return 8 + (with_link ? 8 : 0); }
void write_router_solicitation(ByteSpan to, std::optional<MacAddress> link, const IpAddress& source,
                               const IpAddress& destination);

// RFC 3810 section 5.2.12: kinds of records.
enum class ListenerRecord : std::uint8_t { is_exclude = 2, to_include = 3, to_exclude = 4 };
inline constexpr IpAddress all_mldv2_routers = IpAddress::ipv6({0xff02, 0, 0, 0, 0, 0, 0, 0x16});
// A report about one group without sources. In front of it stands the hop-by-hop option Router Alert
// (RFC 3810 section 5): the payload of an IPv6 header that names hop_by_hop as the next one.
inline constexpr std::size_t listener_report_size = 8 + 28;
void write_listener_report(ByteSpan to, ListenerRecord record, const IpAddress& group,
                           const IpAddress& source);

}  // namespace ringside::net::wire
