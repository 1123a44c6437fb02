#include "flows.hpp"

#include "ringside/net/wire/ethernet.hpp"

namespace ringside::fuzz {
namespace {

namespace wire = net::wire;
using net::SeqNum;
using wire::TcpFlags;
using wire::TcpHeader;
using wire::TcpOptions;

TcpFlags flags_of(Actions& actions) {
  const std::uint8_t bits = actions.octet();
  switch (bits >> 5) {  // what is usual is as likely as anything else
    case 0: return {.syn = true};
    case 1: return {.syn = true, .ack = true};
    case 2: return {.psh = true, .ack = true};
    case 3: return {.fin = true, .ack = true};
    case 4: return {.rst = true, .ack = (bits & 1) != 0};
    case 5: return {.ack = true, .ece = (bits & 1) != 0, .cwr = (bits & 2) != 0, .ae = (bits & 4) != 0};
    case 6: return {.syn = true, .ece = (bits & 1) != 0, .cwr = (bits & 2) != 0, .ae = (bits & 4) != 0};
    default: break;
  }
  const std::uint8_t more = actions.octet();
  return {.fin = (more & 1) != 0,
          .syn = (more & 2) != 0,
          .rst = (more & 4) != 0,
          .psh = (more & 8) != 0,
          .ack = (more & 16) != 0,
          .urg = (more & 32) != 0,
          .ece = (more & 64) != 0,
          .cwr = (more & 128) != 0};
}

wire::FastOpenCookie cookie_of(Actions& actions) {
  wire::FastOpenCookie cookie;
  const auto octets = actions.octets(actions.below(5) * 4);
  std::copy(octets.begin(), octets.end(), cookie.octets.begin());
  cookie.size = static_cast<std::uint8_t>(octets.size());
  cookie.experimental = actions.yes();
  return cookie;
}

TcpOptions options_of(Actions& actions, const Flow& flow, bool syn) {
  TcpOptions options;
  const std::uint8_t which = actions.octet();
  if ((which & 1) != 0)
    options.timestamps = {flow.timestamp + actions.offset(), flow.echo + actions.offset()};
  if (syn) {
    if ((which & 2) != 0) options.mss = actions.two();
    if ((which & 4) != 0) options.window_scale = actions.octet();
    options.sack_permitted = (which & 8) != 0;
    if ((which & 16) != 0) options.fast_open = cookie_of(actions);
  } else {
    const std::size_t blocks = std::min<std::size_t>(which >> 1 & 7, wire::max_sack_blocks(which & 1));
    for (std::size_t i = 0; i < blocks; ++i) {
      const SeqNum begin = flow.acknowledged - 1000 * actions.octet() - actions.octet();
      options.sack.add({begin, begin + actions.offset() + actions.octet()});
    }
  }
  if ((which & 128) != 0) options.ecn_octets = {actions.four(), actions.four(), actions.four()};
  if (options.encoded_size() > wire::max_options_size) options.ecn_octets.reset();
  if (options.encoded_size() > wire::max_options_size) options.fast_open.reset();
  return options;
}

}  // namespace

Flow& Flows::at(Actions& actions, std::uint16_t listener) {
  const std::uint8_t which = actions.octet();
  const bool another = which >= 0xf0 || flows_.empty();
  if (!another) return flows_[which % flows_.size()];
  if (flows_.size() == most) flows_.erase(flows_.begin());
  flows_.push_back(
      {.ipv4 = (which & 1) == 0, .our_port = listener, .peer_port = next_port_++, .next = SeqNum{isn_}});
  return flows_.back();
}

Octets Flows::segment(Actions& actions, std::uint16_t listener) {
  Flow& flow = at(actions, listener);
  const TcpFlags flags = flags_of(actions);
  const std::uint32_t off = actions.offset();
  TcpHeader header{.source_port = flow.peer_port,
                   .destination_port = flow.our_port,
                   .seq = flow.next + off,
                   .ack = flow.acknowledged + actions.offset(),
                   .flags = flags,
                   .window = actions.yes() ? std::uint16_t{65535} : actions.two(),
                   .urgent = flags.urg ? actions.two() : std::uint16_t{0}};
  header.options = options_of(actions, flow, flags.syn);
  const std::uint8_t much = actions.octet();
  const std::size_t text = much < 100 ? 0 : much < 200 ? much - 99u : (much - 199u) * 26u;
  Octets segment(header.encoded_size() + text);
  const IpAddress from = peers(flow.ipv4), to = ours(flow.ipv4);
  write(segment, header, from, to);
  if (actions.octet() >= 0xf0) {  // an octet is another one, and the checksum right all the same
    segment[actions.two() % segment.size()] = actions.octet();
    fix_checksum(6, from, to, segment);
  }
  if (off == 0 && !flags.rst)
    flow.next = flow.next + static_cast<std::uint32_t>(text) + (flags.syn ? 1 : 0) + (flags.fin ? 1 : 0);
  flow.timestamp += 1;
  const std::uint8_t tos = actions.octet() & 3;
  return frame_of({.protocol = 6, .type_of_service = tos}, from, to, segment);
}

void Flows::heard_tcp(bool ipv4, const wire::Parsed<TcpHeader>& tcp) {
  const TcpHeader& header = tcp.header;
  auto found = std::find_if(flows_.begin(), flows_.end(), [&](const Flow& flow) {
    return flow.ipv4 == ipv4 && flow.our_port == header.source_port &&
           flow.peer_port == header.destination_port;
  });
  if (found == flows_.end()) {
    if (!header.flags.syn || flows_.size() == most) return;
    flows_.push_back({.ipv4 = ipv4,
                      .our_port = header.source_port,
                      .peer_port = header.destination_port,
                      .next = SeqNum{isn_}});
    found = flows_.end() - 1;
  }
  if (header.flags.rst) return;
  const SeqNum end = header.seq + static_cast<std::uint32_t>(tcp.payload.size()) +
                     (header.flags.syn ? 1 : 0) + (header.flags.fin ? 1 : 0);
  found->acknowledged = header.flags.syn ? end : net::later_of(found->acknowledged, end);
  if (header.options.timestamps) found->echo = header.options.timestamps->value;
}

void Flows::heard(std::span<const std::uint8_t> frame) {
  const auto ethernet = wire::parse_ethernet(frame);
  if (ethernet.header.type == wire::EtherType::ipv4) {
    const auto ip = wire::parse_ipv4(ethernet.payload);
    if (!ip || ip.header.protocol != wire::IpProtocol::tcp || ip.header.fragment()) return;
    if (const auto tcp = wire::parse_tcp(ip.payload, ip.header.source, ip.header.destination))
      heard_tcp(true, tcp);
  } else if (ethernet.header.type == wire::EtherType::ipv6) {
    const auto ip = wire::parse_ipv6(ethernet.payload);
    if (!ip || ip.header.next_header != 6) return;
    if (const auto tcp = wire::parse_tcp(ip.payload, ip.header.source, ip.header.destination))
      heard_tcp(false, tcp);
  }
}

}  // namespace ringside::fuzz
