// The way up: Ethernet, ARP or IPv4 (IPv6: input_ipv6.cpp), reassembly, then ICMP, UDP or TCP.
#include "layers.hpp"
#include "ringside/net/wire/arp.hpp"

namespace ringside::net {
namespace {

using wire::ByteView;
using wire::IcmpType;
using wire::IpProtocol;
using wire::Ipv4Header;

Received dropped(DropReason reason) { return {.verdict = Verdict::dropped, .reason = reason}; }

}  // namespace

Received Stack::Layers::on_frame(Time now, InterfaceId in, ByteView frame) {
  const auto ethernet = wire::parse_ethernet(frame);
  if (!ethernet) return dropped(ethernet.reason);
  const MacAddress to = ethernet.header.destination;
  const bool to_this_station = to == output.interface(in).mac;
  const bool to_group = (to.octets[0] & 1) != 0;  // IEEE 802.3: broadcast and multicast
  if (!to_this_station && !to_group) return dropped(DropReason::not_for_us);
  switch (ethernet.header.type) {
    case wire::EtherType::arp: return on_arp(now, in, ethernet.payload);
    case wire::EtherType::ipv4: return on_packet(now, in, ethernet.payload, to_this_station);
    case wire::EtherType::ipv6: return on_ipv6(now, in, ethernet.payload, to_this_station);
  }
  return dropped(DropReason::unknown_protocol);
}

// RFC 826, "packet reception": what is known is brought up to date by anyone, but only who asks for us is
// added.
Received Stack::Layers::on_arp(Time now, InterfaceId in, ByteView bytes) {
  const auto arp = wire::parse_arp(bytes);
  if (!arp) return dropped(arp.reason);
  const wire::ArpPacket& packet = arp.header;
  const bool for_us = packet.target == output.interface(in).address;
  if (!packet.sender.any()) {  // RFC 5227 section 2.1: a probe says nothing about its sender
    output.send_parked(in, packet.sender_mac,
                       output.neighbors.learn(now, {in, packet.sender}, packet.sender_mac, for_us));
  }
  if (!for_us) return {};
  if (packet.operation == wire::ArpOperation::request) {
    output.send_arp(in, wire::ArpOperation::reply, packet.sender_mac, packet.sender);
  }
  return {};
}

Received Stack::Layers::on_packet(Time now, InterfaceId in, ByteView packet, bool to_this_station) {
  const auto ip = wire::parse_ipv4(packet);
  if (!ip) return dropped(ip.reason);
  const Ipv4Header& header = ip.header;
  if (martian(in, header)) return dropped(DropReason::malformed);
  const bool to_many = output.broadcast(in, header.destination);
  if (!to_many && !output.owns(header.destination)) {
    const bool forwardable = config.forwarding && to_this_station && !header.source.any() &&
                             !header.destination.multicast() && !header.destination.loopback();
    return forwardable ? Received{.verdict = Verdict::forward} : dropped(DropReason::not_for_us);
  }
  // RFC 1122 section 3.3.6: the link's broadcast with a single host's address is for nobody, and
  // section 3.2.2 forbids an ICMP error about it.
  if (!to_many && !to_this_station) return dropped(DropReason::not_for_us);
  if (header.fragment()) return on_fragment(now, in, header, ip.payload);
  return deliver(now, in, header, packet, ip.payload);
}

// RFC 1812 section 5.3.7, RFC 1122 section 3.2.1.3: what no packet on a wire may come from or go to. 0.0.0.0
// may (DHCP), and TCP refuses it.
bool Stack::Layers::martian(InterfaceId in, const Ipv4Header& ip) const {
  const bool inside = output.interface(in).loopback;
  return ip.source.multicast() || output.broadcast(in, ip.source) ||
         (!inside && (ip.source.loopback() || ip.destination.loopback()));
}

Received Stack::Layers::on_fragment(Time now, InterfaceId in, const Ipv4Header& ip, ByteView payload) {
  ++counters.fragments_in;
  const Reassembly::Result result = reassembly.add(now, ip, payload);
  if (result.reason != DropReason::none) return dropped(result.reason);
  if (!result.packet) return {};
  ++counters.reassembled;
  const auto whole = wire::parse_ipv4(*result.packet);
  return deliver(now, in, whole.header, *result.packet, whole.payload);
}

Received Stack::Layers::deliver(Time now, InterfaceId in, const Ipv4Header& ip, ByteView packet,
                                ByteView payload) {
  const bool to_many = output.broadcast(in, ip.destination);
  const IpHeader header = ip_header(ip);
  switch (ip.protocol) {
    case IpProtocol::icmp: return on_icmp(now, header, payload);
    case IpProtocol::tcp:  // RFC 9293 section 3.9.2.3: only between two single hosts
      if (ip.source.any()) return dropped(DropReason::malformed);
      return to_many ? dropped(DropReason::no_socket) : tcp.receive(now, header, payload);
    case IpProtocol::udp: {
      const Received received = udp.receive(now, in, header, payload);
      if (received.reason == DropReason::no_socket) {  // RFC 1122 section 4.1.3.1
        icmp.send_error(now, in, IcmpType::destination_unreachable, wire::unreachable::port, packet);
      }
      return received;
    }
    case IpProtocol::icmpv6: break;  // of IPv6
  }
  icmp.send_error(now, in, IcmpType::destination_unreachable, wire::unreachable::protocol, packet);
  return dropped(DropReason::unknown_protocol);
}

Received Stack::Layers::on_icmp(Time now, const IpHeader& ip, ByteView bytes) {
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
    case IcmpType::source_quench:  // RFC 6633: ignored
    case IcmpType::redirect:       // RFC 1122 section 3.2.2.2 allows to keep one's routes
      return {};
  }
  return dropped(DropReason::unknown_protocol);
}

}  // namespace ringside::net
