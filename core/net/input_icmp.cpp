// What ICMP says to this host: echoes, and errors about packets that it has sent. (ICMPv6: input_ipv6.cpp)
#include "layers.hpp"

namespace ringside::net {
namespace {

using wire::ByteView;
using wire::IcmpType;
using wire::IpProtocol;
using wire::Ipv4Header;

Received dropped(DropReason reason) { return {.verdict = Verdict::dropped, .reason = reason}; }

}  // namespace

Received Stack::Layers::on_icmp(Time now, InterfaceId in, const IpHeader& ip, ByteView bytes) {
  const auto message = wire::parse_icmp(bytes);
  if (!message) return dropped(message.reason);
  switch (message.header.type) {
    case IcmpType::echo_request: icmp.answer_echo(now, ip, message.header, message.payload); return {};
    case IcmpType::echo_reply:
      if (!icmp.note_reply({.from = ip.source,
                            .id = message.header.identifier,
                            .sequence = message.header.sequence,
                            .payload_bytes = static_cast<std::uint16_t>(message.payload.size()),
                            .arrived = now}))
        return dropped(DropReason::socket_buffer_full);
      return {.verdict = Verdict::delivered, .readable = true};
    case IcmpType::destination_unreachable:
    case IcmpType::time_exceeded:
    case IcmpType::parameter_problem: return on_icmp_error(now, message.header, message.payload);
    case IcmpType::redirect: return on_redirect(in, ip, message.header, message.payload);
    case IcmpType::source_quench: return {};  // RFC 6633: ignored
  }
  return dropped(DropReason::unknown_protocol);
}

namespace {

// Linux icmp_err_convert, and tcp_v4_err() for what is not of that type.
Error meant_by(const wire::IcmpHeader& error) {
  namespace code = wire::unreachable;
  if (error.type == IcmpType::time_exceeded) return Error::host_unreachable;
  if (error.type == IcmpType::parameter_problem) return Error::protocol_error;
  switch (error.code) {
    case code::network:
    case code::network_unknown:
    case code::network_prohibited:
    case code::network_for_tos: return Error::network_unreachable;
    case code::protocol: return Error::protocol_unreachable;
    case code::port: return Error::connection_refused;
    case code::source_route: return Error::source_route_failed;
    case code::host_unknown: return Error::host_down;
    case code::host_isolated: return Error::host_isolated;
    default: return Error::host_unreachable;
  }
}

Unreachable converted(const wire::IcmpHeader& error) {
  namespace code = wire::unreachable;
  const bool of_it = error.type == IcmpType::destination_unreachable;
  return {meant_by(error), of_it && (error.code == code::protocol || error.code == code::port)};
}

// What a datagram socket hears of: icmp_err_convert, fatal.
bool fatal(const wire::IcmpHeader& error) {
  namespace code = wire::unreachable;
  if (error.type != IcmpType::destination_unreachable) return error.type == IcmpType::parameter_problem;
  const bool soft = error.code == code::network || error.code == code::host ||
                    error.code == code::fragmentation_needed || error.code == code::source_route ||
                    error.code == code::network_for_tos || error.code == code::host_for_tos;
  return !soft && error.code <= code::precedence_cutoff;
}

}  // namespace

// What comes back is our own packet: its source is us, its first eight octets have the ports and TCP's
// sequence number. Anything else is a mistake or a forgery: RFC 5927 section 4.
Received Stack::Layers::on_icmp_error(Time now, const wire::IcmpHeader& error, ByteView quoted) {
  constexpr std::size_t needed = Ipv4Header::size + 8;
  if (quoted.size() < needed || quoted[0] >> 4 != 4) return dropped(DropReason::malformed);
  const std::size_t header_length = std::size_t{quoted[0] & 0xfu} * 4;
  if (header_length < Ipv4Header::size || quoted.size() < header_length + 8)
    return dropped(DropReason::malformed);
  const bool first_piece = (wire::load16(quoted, 6) & 0x1fff) == 0;  // the others have no ports
  if (!first_piece) return dropped(DropReason::malformed);
  if (!output.owns(wire::load_address(quoted, 12))) return dropped(DropReason::not_for_us);
  const ByteView segment = quoted.subspan(header_length);
  const Endpoint local{wire::load_address(quoted, 12), wire::load16(segment, 0)};
  const Endpoint remote{wire::load_address(quoted, 16), wire::load16(segment, 2)};
  const IpProtocol protocol{quoted[9]};
  const bool unreachable = error.type == IcmpType::destination_unreachable;
  const bool too_big = unreachable && error.code == wire::unreachable::fragmentation_needed;
  if (unreachable && error.code > wire::unreachable::precedence_cutoff) return {};
  if (protocol == IpProtocol::tcp) {
    return tcp.on_icmp_error(
        now, {.flow = {.local = local, .remote = remote},
              .seq = SeqNum{wire::load32(segment, 4)},
              .too_big_for = too_big ? std::optional<std::uint32_t>{error.sequence} : std::nullopt,
              .why = converted(error)});
  }
  if (protocol == IpProtocol::udp && fatal(error)) return udp.on_icmp_error(local, remote, meant_by(error));
  return {};
}

// RFC 1122 section 3.2.2.2: from the router that was asked, to one of the same link, about a packet of ours.
// A router obeys its own routes.
Received Stack::Layers::on_redirect(InterfaceId in, const IpHeader& ip, const wire::IcmpHeader& redirect,
                                    ByteView quoted) {
  constexpr std::uint8_t most = 3;  // codes: for networks and hosts, for a type of service or all
  if (quoted.size() < Ipv4Header::size || redirect.code > most) return dropped(DropReason::malformed);
  if (!output.owns(wire::load_address(quoted, 12))) return dropped(DropReason::not_for_us);
  const Ipv4Address destination = wire::load_address(quoted, 16);
  const Ipv4Address router{std::uint32_t{redirect.identifier} << 16 | redirect.sequence};
  const Interface& its = output.interface(in);
  const bool on_link = Prefix{its.address, its.prefix_length}.contains(router);
  if (config.forwarding || !on_link || router == its.address || output.broadcast(in, router)) return {};
  output.redirects.take(in, ip.source, destination, router);
  return {};
}

}  // namespace ringside::net
