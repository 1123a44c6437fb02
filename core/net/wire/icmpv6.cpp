// RFC 4443 section 2.1: reading and writing ICMPv6 messages.
#include "ringside/net/wire/icmpv6.hpp"

#include "ringside/net/checksum.hpp"

namespace ringside::net::wire {
namespace {

std::uint16_t checksum(ByteView message, const IpAddress& source, const IpAddress& destination) {
  return internet_checksum(message,
                           pseudo_header_sum(source, destination, IpProtocol::icmpv6, message.size()));
}

}  // namespace

Parsed<Icmpv6Header> parse_icmpv6(ByteView bytes, const IpAddress& source, const IpAddress& destination) {
  if (bytes.size() < Icmpv6Header::size) return {.reason = DropReason::malformed};
  if (checksum(bytes, source, destination) != 0) return {.reason = DropReason::bad_checksum};
  return {.header = {Icmpv6Type{bytes[0]}, bytes[1], load32(bytes, 4)},
          .payload = bytes.subspan(Icmpv6Header::size)};
}

void write(ByteSpan message, const Icmpv6Header& header, const IpAddress& source,
           const IpAddress& destination) {
  message[0] = static_cast<std::uint8_t>(header.type);
  message[1] = header.code;
  store16(message, 2, 0);
  store32(message, 4, header.rest);
  store16(message, 2, checksum(message, source, destination));
}

}  // namespace ringside::net::wire
