// RFC 768: reading and writing UDP datagrams.
#include "ringside/net/wire/udp.hpp"

#include "ringside/net/checksum.hpp"

namespace ringside::net::wire {

Parsed<UdpHeader> parse_udp(ByteView bytes, const IpAddress& source, const IpAddress& destination) {
  if (bytes.size() < UdpHeader::size) return {.reason = DropReason::malformed};
  const std::size_t length = load16(bytes, 4);
  if (length < UdpHeader::size || length > bytes.size()) return {.reason = DropReason::malformed};
  const ByteView datagram = bytes.first(length);
  const bool has_checksum = load16(bytes, 6) != 0;  // RFC 768: all zero means that the sender computed none
  if (!has_checksum && !source.is_ipv4())           // RFC 8200 section 8.1
    return {.reason = DropReason::bad_checksum};
  if (has_checksum &&
      internet_checksum(datagram, pseudo_header_sum(source, destination, IpProtocol::udp, length)) != 0) {
    return {.reason = DropReason::bad_checksum};
  }
  return {.header = {load16(bytes, 0), load16(bytes, 2)}, .payload = datagram.subspan(UdpHeader::size)};
}

void write(ByteSpan datagram, const UdpHeader& header, const IpAddress& source,
           const IpAddress& destination) {
  store16(datagram, 0, header.source_port);
  store16(datagram, 2, header.destination_port);
  store16(datagram, 4, static_cast<std::uint16_t>(datagram.size()));
  store16(datagram, 6, 0);
  const std::uint16_t checksum =
      internet_checksum(datagram, pseudo_header_sum(source, destination, IpProtocol::udp, datagram.size()));
  store16(datagram, 6, checksum == 0 ? 0xffff : checksum);  // RFC 768: a computed zero is sent as all ones
}

}  // namespace ringside::net::wire
