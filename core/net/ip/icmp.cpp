// RFC 792, RFC 1122 section 3.2.2, RFC 1812 section 4.3.
#include "ip/icmp.hpp"

#include <algorithm>

namespace ringside::net {

using wire::ByteSpan;
using wire::ByteView;
using wire::IcmpHeader;
using wire::IcmpType;
using wire::Ipv4Header;

Icmp::Icmp(const StackConfig& config, ErrorRate& rate, Output& output, Counters& counters)
    : ttl_{config.ttl}, rate_{&rate}, output_{&output}, counters_{&counters} {}

// RFC 1122 section 3.2.2.6: the source of the reply is the destination of the request, the data come back
// unchanged.
void Icmp::answer_echo(Time now, const IpHeader& request_ip, const IcmpHeader& request, ByteView payload) {
  if (!output_->owns(request_ip.destination)) return;  // a broadcast may be discarded
  const IcmpHeader reply{IcmpType::echo_reply, 0, request.identifier, request.sequence};
  send(now, request_ip.destination, request_ip.source, reply, payload);
}

bool Icmp::note_reply(EchoReply reply) {
  constexpr std::size_t most = 1024;
  if (replies_.size() == most) return false;
  replies_.push(reply);
  return true;
}

std::optional<EchoReply> Icmp::recv_echo() {
  if (replies_.empty()) return std::nullopt;
  return replies_.pop();
}

bool Icmp::ping(Time now, const IpAddress& to, const IcmpHeader& request, ByteView payload) {
  constexpr std::size_t most = 65535 - Ipv4Header::size - IcmpHeader::size;
  const auto path = output_->path_to(to);
  return path && payload.size() <= most && send(now, path->source, to, request, payload);
}

bool Icmp::send(Time now, const IpAddress& source, const IpAddress& to, const IcmpHeader& header,
                ByteView payload) {
  const auto path = output_->path_to(to);
  if (!path) return false;
  const ByteSpan message = output_->begin(*path, IcmpHeader::size + payload.size());
  if (message.empty()) return false;
  std::copy(payload.begin(), payload.end(), message.begin() + IcmpHeader::size);
  wire::write(message, header);
  const IpHeader ip{.ttl = ttl_, .protocol = wire::IpProtocol::icmp, .source = source, .destination = to};
  return output_->finish(now, *path, ip, std::nullopt).complete;
}

void Icmp::send_error(Time now, InterfaceId in, IcmpType type, std::uint8_t code, ByteView packet,
                      std::uint32_t rest) {
  constexpr std::size_t most = 576 - Ipv4Header::size - IcmpHeader::size;  // RFC 1812 section 4.3.2.3
  const auto parsed = wire::parse_ipv4(packet);
  if (!parsed || !may_send_error(in, parsed.header, parsed.payload)) return;
  if (!rate_->allows(now)) {
    ++counters_->icmp_errors_suppressed;
    return;
  }
  // RFC 1122 section 3.2.2: from the address the packet was sent to, if that is ours; else the interface's.
  const IpAddress source =
      output_->owns(parsed.header.destination) ? parsed.header.destination : output_->interface(in).address;
  const ByteView quoted = packet.first(std::min(most, parsed.header.header_length + parsed.payload.size()));
  if (send(now, source, parsed.header.source,
           {.type = type,
            .code = code,
            .identifier = static_cast<std::uint16_t>(rest >> 16),
            .sequence = static_cast<std::uint16_t>(rest)},
           quoted)) {
    ++counters_->icmp_errors_out;
  }
}

// RFC 1122 section 3.2.2: never about an ICMP error, a broadcast, a later fragment, or a source that is not
// one host.
bool Icmp::may_send_error(InterfaceId in, const Ipv4Header& ip, ByteView payload) const {
  const bool about_error = ip.protocol == wire::IpProtocol::icmp && !payload.empty() &&
                           IcmpHeader{.type = IcmpType{payload[0]}}.error();
  const bool to_many = ip.destination.multicast() || output_->broadcast(in, ip.destination);
  const bool from_one = !ip.source.any() && !ip.source.multicast() && !output_->broadcast(in, ip.source) &&
                        !ip.source.loopback();
  return !about_error && !to_many && from_one && ip.fragment_offset == 0;
}

}  // namespace ringside::net
