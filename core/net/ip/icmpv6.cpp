// RFC 4443: errors and echo.
#include "ip/icmpv6.hpp"

#include <algorithm>

namespace ringside::net {

using wire::ByteSpan;
using wire::ByteView;
using wire::Icmpv6Header;
using wire::Icmpv6Type;
using wire::Ipv6Header;

// RFC 4443 section 4.2: from the address that was asked, or if that was a group from one of ours.
void Icmpv6::answer_echo(Time now, const IpHeader& request_ip, const Icmpv6Header& request, ByteView payload,
                         bool reflects_label) {
  const auto path = output_->path_to(request_ip.source);
  if (!path) return;
  const IpAddress source = request_ip.destination.multicast() ? path->source : request_ip.destination;
  send(now, *path, source, request_ip.source, {Icmpv6Type::echo_reply, 0, request.rest}, payload,
       reflects_label ? request_ip.flow_label : 0);  // RFC 7690
}

bool Icmpv6::ping(Time now, const IpAddress& to, const Icmpv6Header& request, ByteView payload) {
  constexpr std::size_t most = 65535 - Icmpv6Header::size;
  const auto path = output_->path_to(to);
  return path && payload.size() <= most && send(now, *path, path->source, to, request, payload);
}

bool Icmpv6::send(Time now, const Path& path, const IpAddress& source, const IpAddress& to,
                  const Icmpv6Header& header, ByteView payload, std::uint32_t flow_label) {
  const ByteSpan message = output_->begin(path, Icmpv6Header::size + payload.size());
  if (message.empty()) return false;
  std::copy(payload.begin(), payload.end(), message.begin() + Icmpv6Header::size);
  wire::write(message, header, source, to);
  const IpHeader ip{
      .flow_label = flow_label, .protocol = wire::IpProtocol::icmpv6, .source = source, .destination = to};
  return output_->finish(now, path, ip, std::nullopt).complete;
}

// As much of the packet as fits into the least MTU: RFC 4443 section 2.4(c).
void Icmpv6::send_error(Time now, InterfaceId in, const Problem& problem, ByteView packet) {
  constexpr std::size_t most = wire::least_ipv6_mtu - Ipv6Header::size - Icmpv6Header::size;
  const auto ip = wire::parse_ipv6(packet);
  if (!ip || !may_send_error(ip.header, packet, problem.to_group)) return;
  const auto path = output_->path_to(ip.header.source);
  if (!path) return;
  if (!rate_->allows(now)) {
    ++counters_->icmp_errors_suppressed;
    return;
  }
  // Section 2.2: from the address the packet was sent to, if that is ours; else from the interface's.
  const Interface& its = output_->interface(in);
  const IpAddress source = its.has(ip.header.destination)
                               ? ip.header.destination
                               : its.source_for(ip.header.source).value_or(path->source);
  const ByteView quoted = packet.first(std::min(most, Ipv6Header::size + ip.payload.size()));
  if (send(now, *path, source, ip.header.source, {problem.type, problem.code, problem.rest}, quoted))
    ++counters_->icmp_errors_out;
}

// RFC 4443 section 2.4(e): never about an error (or a redirect), about what was sent to many but for the two
// cases that are meant for them, or to who is not one host.
bool Icmpv6::may_send_error(const Ipv6Header& ip, ByteView packet, bool to_group) const {
  if (ip.source.any() || ip.source.multicast() || ip.source.loopback()) return false;
  if (ip.destination.multicast() && !to_group) return false;
  const auto upper = wire::find_upper_layer(packet);
  const bool of_icmp = upper && wire::IpProtocol{upper->protocol} == wire::IpProtocol::icmpv6;
  if (!of_icmp) return true;
  if (upper->at >= packet.size()) return false;
  const Icmpv6Type type{packet[upper->at]};
  return !Icmpv6Header{.type = type}.error() && type != Icmpv6Type::redirect;
}

}  // namespace ringside::net
