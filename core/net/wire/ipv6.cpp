// RFC 8200 sections 3 and 4.5: reading and writing the IPv6 header and the fragment header.
#include "ringside/net/wire/ipv6.hpp"

namespace ringside::net::wire {

Parsed<Ipv6Header> parse_ipv6(ByteView bytes) {
  if (bytes.size() < Ipv6Header::size || bytes[0] >> 4 != 6) return {.reason = DropReason::malformed};
  const std::size_t payload_bytes = load16(bytes, 4);
  if (payload_bytes > bytes.size() - Ipv6Header::size) return {.reason = DropReason::malformed};
  const std::uint32_t first = load32(bytes, 0);
  return {.header = {.traffic_class = static_cast<std::uint8_t>(first >> 20),
                     .flow_label = first & 0xfffff,
                     .next_header = bytes[Ipv6Header::next_header_at],
                     .hop_limit = bytes[Ipv6Header::hop_limit_at],
                     .source = load_ipv6_address(bytes, 8),
                     .destination = load_ipv6_address(bytes, 24)},
          .payload = bytes.subspan(Ipv6Header::size, payload_bytes)};
}

void write(ByteSpan to, const Ipv6Header& header, std::size_t payload_bytes) {
  store32(to, 0, std::uint32_t{6} << 28 | std::uint32_t{header.traffic_class} << 20 | header.flow_label);
  store16(to, 4, static_cast<std::uint16_t>(payload_bytes));
  to[Ipv6Header::next_header_at] = header.next_header;
  to[Ipv6Header::hop_limit_at] = header.hop_limit;
  store_ipv6_address(to, 8, header.source);
  store_ipv6_address(to, 24, header.destination);
}

void write(ByteSpan to, const FragmentHeader& header) {
  to[0] = header.next_header;
  to[1] = 0;
  store16(to, 2, static_cast<std::uint16_t>(header.offset | (header.more ? 1 : 0)));
  store32(to, 4, header.identification);
}

}  // namespace ringside::net::wire
