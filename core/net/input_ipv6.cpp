// The way up of IPv6: RFC 8200 section 4.
#include "layers.hpp"

namespace ringside::net {
namespace {

using wire::ByteView;
using wire::Icmpv6Type;
using wire::IpProtocol;
using wire::Ipv6Header;

}  // namespace

Received Stack::Layers::on_ipv6(Time now, InterfaceId in, ByteView packet, bool to_this_station) {
  const auto ip = wire::parse_ipv6(packet);
  if (!ip) return dropped(ip.reason);
  const Ipv6Header& header = ip.header;
  if (martian(in, header)) return dropped(DropReason::malformed);
  const bool to_many = header.destination.multicast();
  const bool ours = to_many ? output.interface(in).listens_to(header.destination)
                            : to_this_station && output.owns(header.destination);
  if (!ours) {
    const bool forwardable = config.forwarding && to_this_station && !to_many && !header.source.any() &&
                             !header.source.link_local() && !header.destination.link_local();
    return forwardable ? Received{.verdict = Verdict::forward} : dropped(DropReason::not_for_us);
  }
  return deliver(now, in, header, packet.first(Ipv6Header::size + ip.payload.size()));
}

// RFC 4291 sections 2.5.3 and 2.7, and Linux ip6_rcv_core(): what no packet on a wire may come from or go to.
// An IPv4 address in there would be taken for one.
bool Stack::Layers::martian(InterfaceId in, const Ipv6Header& ip) const {
  const bool inside = output.interface(in).loopback;
  return ip.source.multicast() || ip.source.is_ipv4() || ip.destination.is_ipv4() || ip.destination.any() ||
         (!inside && (ip.source.loopback() || ip.destination.loopback()));
}

Received Stack::Layers::deliver(Time now, InterfaceId in, const Ipv6Header& ip, ByteView packet) {
  const wire::Ipv6Headers headers = wire::read_extension_headers(packet);
  if (headers.problem) {
    icmpv6.send_error(now, in,
                      {.type = Icmpv6Type::parameter_problem,
                       .code = headers.problem->code,
                       .rest = headers.problem->pointer,
                       .to_group = headers.problem->to_group},
                      packet);
  }
  if (headers.reason != DropReason::none) return dropped(headers.reason);
  if (headers.fragment) return on_fragment(now, in, ip, packet, headers);
  const ByteView payload = packet.subspan(headers.payload_at);
  const IpHeader header = ip_header(ip, IpProtocol{headers.protocol});
  switch (header.protocol) {
    case IpProtocol::icmpv6: return on_icmpv6(now, in, header, payload);
    case IpProtocol::tcp:  // RFC 9293 section 3.9.2.3: only between two single hosts
      if (ip.source.any()) return dropped(DropReason::malformed);
      return ip.destination.multicast()
                 ? dropped(DropReason::no_socket)
                 : tcp.receive(now, header, payload, {in, link_header, packet.first(headers.payload_at)});
    case IpProtocol::udp: {
      const Received received = udp.receive(now, in, header, payload);
      if (received.reason == DropReason::no_socket)
        icmpv6.send_error(now, in,
                          {.type = Icmpv6Type::destination_unreachable, .code = wire::unreachable_v6::port},
                          packet);
      return received;
    }
    case IpProtocol::icmp: break;  // of IPv4
  }
  if (wire::ExtensionHeader{headers.protocol} == wire::ExtensionHeader::none) return {};
  icmpv6.send_error(now, in,
                    {.type = Icmpv6Type::parameter_problem,
                     .code = wire::problem::next_header,
                     .rest = static_cast<std::uint32_t>(headers.protocol_at)},
                    packet);
  return dropped(DropReason::unknown_protocol);
}

namespace {

// Of what this host speaks; Linux ipv6frag_thdr_truncated().
bool holds_upper_header(std::uint8_t protocol, ByteView piece) {
  switch (IpProtocol{protocol}) {
    case IpProtocol::tcp: return piece.size() >= wire::TcpHeader::size;
    case IpProtocol::udp: return piece.size() >= wire::UdpHeader::size;
    case IpProtocol::icmpv6: return piece.size() >= wire::Icmpv6Header::size;
    case IpProtocol::icmp: break;
  }
  return true;
}

}  // namespace

Received Stack::Layers::on_fragment(Time now, InterfaceId in, const Ipv6Header& ip, ByteView packet,
                                    const wire::Ipv6Headers& headers) {
  ++counters.fragments_in;
  const ByteView piece = packet.subspan(headers.payload_at);
  if (headers.fragment->offset == 0 && !holds_upper_header(headers.protocol, piece)) {  // RFC 7112 section 5
    icmpv6.send_error(
        now, in, {.type = Icmpv6Type::parameter_problem, .code = wire::problem::incomplete_first_fragment},
        packet);
    return dropped(DropReason::malformed);
  }
  const Reassembly::Result result = reassembly.add(now, ip, *headers.fragment, piece);
  if (result.reason != DropReason::none) return dropped(result.reason);
  if (!result.packet) return {};
  ++counters.reassembled;
  const wire::Ipv6Headers inside = wire::read_extension_headers(*result.packet);
  if (inside.fragment) {  // pieces of a piece are nobody's: Linux ipv6_frag_rcv(), IP6SKB_FRAGMENTED
    icmpv6.send_error(now, in,
                      {.type = Icmpv6Type::parameter_problem,
                       .code = wire::problem::header_field,
                       .rest = static_cast<std::uint32_t>(inside.protocol_at)},
                      *result.packet);
    return dropped(DropReason::malformed);
  }
  return deliver(now, in, wire::parse_ipv6(*result.packet).header, *result.packet);
}

Received Stack::Layers::on_icmpv6(Time now, InterfaceId in, const IpHeader& ip, ByteView bytes) {
  const auto message = wire::parse_icmpv6(bytes, ip.source, ip.destination);
  if (!message) return dropped(message.reason);
  const wire::Icmpv6Header& header = message.header;
  switch (header.type) {
    case Icmpv6Type::echo_request:  // RFC 4443 section 4.2
      icmpv6.answer_echo(now, ip, header, message.payload, config.flow_label_reflection.echoes);
      return {};
    case Icmpv6Type::echo_reply:
      if (!icmp.note_reply({.from = ip.source,
                            .id = static_cast<std::uint16_t>(header.rest >> 16),
                            .sequence = static_cast<std::uint16_t>(header.rest),
                            .payload_bytes = static_cast<std::uint16_t>(message.payload.size()),
                            .arrived = now}))
        return dropped(DropReason::socket_buffer_full);
      return {.verdict = Verdict::delivered, .readable = true};
    case Icmpv6Type::destination_unreachable:
    case Icmpv6Type::packet_too_big:
    case Icmpv6Type::time_exceeded:
    case Icmpv6Type::parameter_problem: return on_icmpv6_error(now, ip, header, message.payload);
    case Icmpv6Type::listener_query:
    case Icmpv6Type::listener_report:
    case Icmpv6Type::listener_done:
    case Icmpv6Type::listener_report_v2:
    case Icmpv6Type::router_solicitation:
    case Icmpv6Type::router_advertisement:
    case Icmpv6Type::neighbor_solicitation:
    case Icmpv6Type::neighbor_advertisement:
    case Icmpv6Type::redirect: {
      const DropReason reason = ndp.receive(now, in, ip, header, message.payload);
      return reason == DropReason::none ? Received{} : dropped(reason);
    }
  }
  return dropped(DropReason::unknown_protocol);
}

namespace {

// Linux icmpv6_err_convert(), which says of a request what is fatal to it, too.
Unreachable converted(const wire::Icmpv6Header& error) {
  namespace code = wire::unreachable_v6;
  constexpr auto fatal = [](Error what) {
    return Unreachable{.error = what,
                       .refused = true,
                       .prohibited = what == Error::prohibited,
                       .hard = true,
                       .ends_request = true};
  };
  if (error.type == Icmpv6Type::packet_too_big) return {.error = Error::message_too_long, .hard = true};
  if (error.type == Icmpv6Type::parameter_problem) return fatal(Error::protocol_error);
  if (error.type == Icmpv6Type::time_exceeded) return {.error = Error::host_unreachable};
  switch (error.code) {
    case code::no_route: return {.error = Error::network_unreachable};
    case code::beyond_scope:
    case code::address: return {.error = Error::host_unreachable};
    case code::port: return fatal(Error::connection_refused);
    case code::prohibited:
    case code::source_policy:
    case code::reject_route: return fatal(Error::prohibited);
    default: return fatal(Error::protocol_error);
  }
}

}  // namespace

// RFC 4443 section 3. As with IPv4, what comes back is our own packet, or else it is a mistake or a forgery.
// Linux tcp_v6_err(), __udp6_lib_err().
Received Stack::Layers::on_icmpv6_error(Time now, const IpHeader& ip, const wire::Icmpv6Header& error,
                                        ByteView quoted) {
  if (quoted.size() < Ipv6Header::size || quoted[0] >> 4 != 6) return dropped(DropReason::malformed);
  const auto upper = wire::find_upper_layer(quoted);
  if (!upper || upper->at + 8 > quoted.size()) return dropped(DropReason::malformed);
  const IpAddress source = wire::load_ipv6_address(quoted, 8), to = wire::load_ipv6_address(quoted, 24);
  if (!output.owns(source)) return dropped(DropReason::not_for_us);
  const ByteView segment = quoted.subspan(upper->at);
  const Returned packet{.local = {source, wire::load16(segment, 0)},
                        .remote = {to, wire::load16(segment, 2)},
                        .protocol = IpProtocol{upper->protocol},
                        .segment = segment};
  const Received received = tell_sender(now, packet, converted(error),
                                        {.type = static_cast<std::uint8_t>(error.type),
                                         .code = error.code,
                                         .info = error.rest,
                                         .offender = ip.source});
  if (error.type == Icmpv6Type::packet_too_big && was_ours(packet, received))
    output.path_mtus.note(now, to, error.rest);
  return received;
}

}  // namespace ringside::net
