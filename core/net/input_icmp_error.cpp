// ICMP errors: which packet of ours they are about, and who is told. Those of IPv6: input_ipv6.cpp.
#include "layers.hpp"

namespace ringside::net {
namespace {

using wire::ByteView;
using wire::IcmpType;
using wire::IpProtocol;
using wire::Ipv4Header;

// Linux icmp_err_convert[], tcp_req_err(), __udp4_lib_err().
Unreachable converted(const wire::IcmpHeader& error) {
  namespace code = wire::unreachable;
  if (error.type == IcmpType::parameter_problem)
    return {.error = Error::protocol_error, .hard = true, .ends_request = true};
  if (error.type == IcmpType::time_exceeded) return {.error = Error::host_unreachable, .ends_request = true};
  switch (error.code) {
    case code::network: return {.error = Error::network_unreachable, .ends_request = true};
    case code::host: return {.error = Error::host_unreachable, .ends_request = true};
    case code::protocol: return {.error = Error::protocol_unavailable, .refused = true, .hard = true};
    case code::port: return {.error = Error::connection_refused, .refused = true, .hard = true};
    case code::fragmentation_needed: return {.error = Error::message_too_long, .hard = true};
    case code::source_route_failed: return {.error = Error::source_route_failed};
    case code::network_unknown: return {.error = Error::network_unreachable, .hard = true};
    case code::network_prohibited:
      return {.error = Error::network_unreachable, .prohibited = true, .hard = true};
    case code::host_prohibited:
    case code::filtered: return {.error = Error::host_unreachable, .prohibited = true, .hard = true};
    case code::host_unknown: return {.error = Error::host_unknown, .hard = true};
    case code::host_isolated: return {.error = Error::host_isolated, .hard = true};
    case code::network_for_tos: return {.error = Error::network_unreachable};
    case code::host_for_tos: return {.error = Error::host_unreachable};
    default: return {.error = Error::host_unreachable, .hard = true};
  }
}

}  // namespace

// What comes back is our own packet: its source is us, its first eight octets have the ports and TCP's
// sequence number. Anything else is a mistake or a forgery: RFC 5927 section 4.
Received Stack::Layers::on_icmp_error(Time now, const IpHeader& ip, const wire::IcmpHeader& error,
                                      ByteView quoted) {
  constexpr std::size_t needed = Ipv4Header::size + 8;
  if (quoted.size() < needed || quoted[0] >> 4 != 4) return dropped(DropReason::malformed);
  const std::size_t header_length = std::size_t{quoted[0] & 0xfu} * 4;
  if (header_length < Ipv4Header::size || quoted.size() < header_length + 8)
    return dropped(DropReason::malformed);
  const bool first_piece = (wire::load16(quoted, 6) & 0x1fff) == 0;  // the others have no ports
  if (!first_piece) return dropped(DropReason::malformed);
  if (!output.owns(wire::load_address(quoted, 12))) return dropped(DropReason::not_for_us);
  const bool about_the_way = error.type == IcmpType::destination_unreachable;
  if (about_the_way && error.code > wire::unreachable::precedence_cutoff) return {};  // icmp_unreach()
  const ByteView segment = quoted.subspan(header_length);
  const Returned packet{.local = {wire::load_address(quoted, 12), wire::load16(segment, 0)},
                        .remote = {wire::load_address(quoted, 16), wire::load16(segment, 2)},
                        .protocol = IpProtocol{quoted[9]},
                        .segment = segment};
  NetworkError report{
      .type = static_cast<std::uint8_t>(error.type), .code = error.code, .offender = ip.source};
  if (error.type == IcmpType::parameter_problem) report.info = error.identifier >> 8;
  if (about_the_way && error.code == wire::unreachable::fragmentation_needed) report.info = error.sequence;
  const std::uint32_t mtu = report.info;
  const Received received = tell_sender(now, packet, converted(error), std::move(report));
  const bool too_big = about_the_way && error.code == wire::unreachable::fragmentation_needed;
  if (too_big && was_ours(packet, received)) output.path_mtus.note(now, packet.remote.address, mtu);
  return received;
}

// Somebody here has sent it: a socket that there is, or this host an echo request.
bool Stack::Layers::was_ours(const Returned& packet, const Received& told) {
  const bool echo = packet.protocol == IpProtocol::icmp || packet.protocol == IpProtocol::icmpv6;
  const bool to_socket = packet.protocol == IpProtocol::tcp || packet.protocol == IpProtocol::udp;
  return echo || (to_socket && told.reason == DropReason::none);
}

// Of TCP each is told that ends the opening of a connection: tcp_v4_err(), tcp_v6_err().
Received Stack::Layers::tell_sender(Time now, const Returned& packet, const Unreachable& why,
                                    NetworkError report) {
  const bool too_big = why.error == Error::message_too_long, ipv4 = packet.remote.address.is_ipv4();
  const bool tcp_segment = packet.protocol == IpProtocol::tcp;
  Received received;
  if (tcp_segment)
    received = tcp.on_icmp_error(now, {.flow = {.local = packet.local, .remote = packet.remote},
                                       .seq = SeqNum{wire::load32(packet.segment, 4)},
                                       .too_big_for = too_big ? std::optional{report.info} : std::nullopt,
                                       .why = why});
  else if (packet.protocol == IpProtocol::udp)
    received = udp.on_icmp_error(packet.local, packet.remote, why);
  if (!received.failed) return received;
  const TcpSocketOptions* stream = tcp.options(*received.socket);
  const UdpSocketOptions* datagrams = udp.options(*received.socket);
  const bool asked = stream
                         ? (ipv4 ? stream->receive_errors : stream->ipv6.receive_errors)
                         : datagrams && (ipv4 ? datagrams->receive_errors : datagrams->ipv6.receive_errors);
  if (!asked) return received;
  const ByteView text = tcp_segment ? packet.segment : packet.segment.subspan(wire::UdpHeader::size);
  report.error = why.error;
  report.to = packet.remote;
  report.text.assign(text.begin(), text.end());
  network_errors.push(*received.socket, std::move(report));
  return received;
}

}  // namespace ringside::net
