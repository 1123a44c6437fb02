// RFC 791: reading and writing the IPv4 header.
#include "ringside/net/wire/ipv4.hpp"

#include "ringside/net/checksum.hpp"

namespace ringside::net::wire {
namespace {

constexpr std::uint16_t dont_fragment_bit = 0x4000, more_fragments_bit = 0x2000, offset_mask = 0x1fff;
constexpr std::size_t ttl_at = 8, checksum_at = 10;

}  // namespace

Parsed<Ipv4Header> parse_ipv4(ByteView bytes) {
  if (bytes.size() < Ipv4Header::size || bytes[0] >> 4 != 4) return {.reason = DropReason::malformed};
  const std::size_t header_length = std::size_t{bytes[0] & 0xfu} * 4;
  const std::size_t total_length = load16(bytes, 2);
  if (header_length < Ipv4Header::size || total_length < header_length || total_length > bytes.size()) {
    return {.reason = DropReason::malformed};
  }
  if (internet_checksum(bytes.first(header_length)) != 0) return {.reason = DropReason::bad_checksum};

  const std::uint16_t fragment = load16(bytes, 6);
  return {.header = {.type_of_service = bytes[1],
                     .identification = load16(bytes, 4),
                     .dont_fragment = (fragment & dont_fragment_bit) != 0,
                     .more_fragments = (fragment & more_fragments_bit) != 0,
                     .fragment_offset = static_cast<std::uint16_t>((fragment & offset_mask) * 8),
                     .ttl = bytes[ttl_at],
                     .protocol = IpProtocol{bytes[9]},
                     .source = load_address(bytes, 12),
                     .destination = load_address(bytes, 16),
                     .header_length = static_cast<std::uint8_t>(header_length)},
          .payload = bytes.subspan(header_length, total_length - header_length)};
}

void write(ByteSpan to, const Ipv4Header& header, std::size_t payload_bytes) {
  to[0] = 0x45;
  to[1] = header.type_of_service;
  store16(to, 2, static_cast<std::uint16_t>(Ipv4Header::size + payload_bytes));
  store16(to, 4, header.identification);
  store16(to, 6,
          static_cast<std::uint16_t>((header.dont_fragment ? dont_fragment_bit : 0) |
                                     (header.more_fragments ? more_fragments_bit : 0) |
                                     header.fragment_offset / 8));
  to[ttl_at] = header.ttl;
  to[9] = static_cast<std::uint8_t>(header.protocol);
  store16(to, checksum_at, 0);
  store_address(to, 12, header.source);
  store_address(to, 16, header.destination);
  store16(to, checksum_at, internet_checksum(to.first(Ipv4Header::size)));
}

void decrement_ttl(ByteSpan packet) {
  const std::uint16_t before = load16(packet, ttl_at);  // the word of TTL and protocol
  --packet[ttl_at];
  store16(packet, checksum_at, updated_checksum(load16(packet, checksum_at), before, load16(packet, ttl_at)));
}

}  // namespace ringside::net::wire
