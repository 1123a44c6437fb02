// RFC 792: reading and writing ICMP messages.
#include "ringside/net/wire/icmp.hpp"

#include "ringside/net/checksum.hpp"

namespace ringside::net::wire {

Parsed<IcmpHeader> parse_icmp(ByteView bytes) {
  if (bytes.size() < IcmpHeader::size) return {.reason = DropReason::malformed};
  if (internet_checksum(bytes) != 0) return {.reason = DropReason::bad_checksum};
  return {.header = {IcmpType{bytes[0]}, bytes[1], load16(bytes, 4), load16(bytes, 6)},
          .payload = bytes.subspan(IcmpHeader::size)};
}

void write(ByteSpan message, const IcmpHeader& header) {
  message[0] = static_cast<std::uint8_t>(header.type);
  message[1] = header.code;
  store16(message, 2, 0);
  store16(message, 4, header.identifier);
  store16(message, 6, header.sequence);
  store16(message, 2, internet_checksum(message));
}

}  // namespace ringside::net::wire
