// What ICMP says to this host: echoes, redirects, and errors (input_icmp_error.cpp). ICMPv6: input_ipv6.cpp
#include "layers.hpp"

namespace ringside::net {
namespace {

using wire::ByteView;
using wire::IcmpType;
using wire::Ipv4Header;

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
    case IcmpType::parameter_problem: return on_icmp_error(now, ip, message.header, message.payload);
    case IcmpType::redirect: return on_redirect(in, ip, message.header, message.payload);
    case IcmpType::source_quench: return {};  // RFC 6633: ignored
  }
  return dropped(DropReason::unknown_protocol);
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
