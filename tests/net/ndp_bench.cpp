#include "ndp_bench.hpp"

namespace ringside::net::test {
namespace {

using wire::ByteView;
using wire::Icmpv6Type;

std::string text_of_neighbor(const wire::Icmpv6Header& header, ByteView payload) {
  const auto message = wire::parse_neighbor_message(header, payload);
  if (!message) return "malformed";
  if (header.type == Icmpv6Type::neighbor_solicitation)
    return "who has " + to_string(message->target) +
           (message->options.source ? ", from " + to_string(*message->options.source) : "");
  return to_string(message->target) +
         (message->options.target ? " is at " + to_string(*message->options.target) : "") +
         (message->router ? ", router" : "") + (message->solicited ? ", solicited" : "") +
         (message->override ? ", override" : "");
}

std::string text_of_record(wire::ListenerRecord record) {
  switch (record) {
    case wire::ListenerRecord::is_exclude: return "listens to ";
    case wire::ListenerRecord::to_include: return "leaves ";
    case wire::ListenerRecord::to_exclude: return "joins ";
  }
  return "what of ";
}

std::string text_of_message(const wire::Icmpv6Header& header, ByteView payload) {
  switch (header.type) {
    case Icmpv6Type::neighbor_solicitation:
    case Icmpv6Type::neighbor_advertisement: return text_of_neighbor(header, payload);
    case Icmpv6Type::router_solicitation: return "routers?";
    case Icmpv6Type::listener_report_v2:
      return text_of_record(wire::ListenerRecord{payload[0]}) +
             to_string(wire::load_ipv6_address(payload, 4));
    case Icmpv6Type::echo_request: return "echo request";
    case Icmpv6Type::echo_reply: return "echo reply";
    default: return "type " + std::to_string(static_cast<int>(header.type));
  }
}

}  // namespace

std::string text_of(const Frame& frame) {
  const ByteView packet = packet_of(frame);
  const auto ip = wire::parse_ipv6(packet);
  if (!ip) return "no IPv6";
  const std::string ends = to_string(ip.header.source) + " > " + to_string(ip.header.destination) + ' ';
  const wire::Ipv6Headers headers = wire::read_extension_headers(packet);
  if (headers.protocol != 58) return ends + "protocol " + std::to_string(headers.protocol);
  const auto message =
      wire::parse_icmpv6(packet.subspan(headers.payload_at), ip.header.source, ip.header.destination);
  return message ? ends + text_of_message(message.header, message.payload) : ends + "damaged";
}

Trace NdpHost::wait(Duration time) {
  Trace trace = sent();
  const Time end = now + time;
  while (const auto due = stack.deadline()) {
    if (*due > end) break;
    now = std::max(now, *due);
    for (const std::string& line : sent()) trace.push_back(line);
  }
  now = end;
  return trace;
}

Received NdpHost::send(const IpAddress& source, const IpAddress& destination, std::uint8_t hop_limit,
                       const Frame& message) {
  const Ipv6Frame frame{.next_header = 58,
                        .payload = message,
                        .source = source,
                        .destination = destination,
                        .hop_limit = hop_limit};
  return stack.receive(now, on, frame.octets());
}

Received NdpHost::solicit(const Solicitation& s) {
  const auto& low = s.target.words()[3];
  const IpAddress group{IpAddress::Words{0xff020000, 0, 1, 0xff000000 | (low & 0xffffff)}};
  const IpAddress to = s.destination.value_or(group);
  Frame message(wire::neighbor_message_size(s.link.has_value()));
  wire::write_neighbor_solicitation(message, s.target, s.link, s.source, to);
  return send(s.source, to, s.hop_limit, message);
}

Received NdpHost::advertise(const Advertisement& a) {
  Frame message(wire::neighbor_message_size(true));
  const wire::NeighborMessage says{
      .router = a.router, .solicited = a.solicited, .override = a.override, .target = a.target};
  wire::write_neighbor_advertisement(message, says, a.link, a.target, a.destination);
  return send(a.target, a.destination, a.hop_limit, message);
}

}  // namespace ringside::net::test
