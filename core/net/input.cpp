// The way up: Ethernet, ARP or IPv4 (IPv6: input_ipv6.cpp), reassembly, then ICMP (input_icmp.cpp), UDP or
// TCP.
#include <algorithm>

#include "layers.hpp"
#include "ringside/net/wire/arp.hpp"
#include "ringside/net/wire/ipv4_options.hpp"

namespace ringside::net {
namespace {

using wire::ByteView;
using wire::IcmpType;
using wire::IpProtocol;
using wire::Ipv4Header;

// IEEE 802.1Q section 6.9: a tag that has nothing but a priority is of no LAN.
bool of_lan(VlanTags tags, const VlanTags& ours) {
  if (tags.count > ours.count && tags.tag[0].id == 0) {
    std::copy(tags.tag.begin() + 1, tags.tag.end(), tags.tag.begin());
    --tags.count;
  }
  if (tags.count != ours.count) return false;
  for (std::size_t i = 0; i < ours.count; ++i)
    if (tags.tag[i].id != ours.tag[i].id) return false;
  return true;
}

// arp_is_garp().
bool gratuitous(const wire::ArpPacket& packet) {
  const bool asks = packet.operation == wire::ArpOperation::request;
  return packet.sender == packet.target && (asks || packet.target_mac == packet.sender_mac);
}

}  // namespace

Received Stack::Layers::on_frame(Time now, InterfaceId in, ByteView frame) {
  const auto ethernet = wire::parse_ethernet(frame);
  if (!ethernet) return dropped(ethernet.reason);
  const auto inner = wire::read_tags(ethernet);
  if (!inner) return dropped(inner.reason);
  if (!of_lan(inner.header.tags, output.interface(in).vlan)) return dropped(DropReason::other_vlan);
  const wire::Untagged& content = inner.header;
  const MacAddress to = ethernet.header.destination;
  const bool to_this_station = to == output.interface(in).mac;
  const bool to_group = (to.octets[0] & 1) != 0;  // IEEE 802.3: broadcast and multicast
  if (!to_this_station && !to_group) return dropped(DropReason::not_for_us);
  link_header = frame.first(wire::EthernetHeader::size);
  switch (content.type) {
    case wire::EtherType::arp: return on_arp(now, in, content.payload, to_this_station);
    case wire::EtherType::ipv4: return on_packet(now, in, content.payload, to_this_station);
    case wire::EtherType::ipv6: return on_ipv6(now, in, content.payload, to_this_station);
    case wire::EtherType::vlan:
    case wire::EtherType::service_vlan: break;  // they have been read
  }
  return dropped(DropReason::unknown_protocol);
}

// RFC 826, "packet reception": what is known is brought up to date by anyone, but only who asks for us is
// added. What was not an answer to us proves no way back: arp_process().
Received Stack::Layers::on_arp(Time now, InterfaceId in, ByteView bytes, bool to_this_station) {
  const auto arp = wire::parse_arp(bytes);
  if (!arp) return dropped(arp.reason);
  const wire::ArpPacket& packet = arp.header;
  const Ipv4Address own = output.interface(in).address;
  const bool for_us = !own.any() && packet.target == own;
  const bool asks = packet.operation == wire::ArpOperation::request;
  if (claims.conflicts(now, in, packet)) return {};
  if (!packet.sender.any()) {  // RFC 5227 section 2.1: a probe says nothing about its sender
    const Neighbor sender{in, packet.sender};
    const auto believed = gratuitous(packet) ? Neighbors::Believed::last : Neighbors::Believed::first;
    const auto waiting =
        !asks && to_this_station
            ? output.neighbors.learn(now, sender, packet.sender_mac, believed)
            : output.neighbors.learn_unproven(now, sender, packet.sender_mac, asks && for_us, believed);
    output.send_parked(in, packet.sender_mac, waiting);
  }
  if (for_us && asks) output.send_arp(in, wire::ArpOperation::reply, packet.sender_mac, packet.sender);
  return {};
}

Received Stack::Layers::on_packet(Time now, InterfaceId in, ByteView packet, bool to_this_station) {
  const auto ip = wire::parse_ipv4(packet);
  if (!ip) return dropped(ip.reason);
  const Ipv4Header& header = ip.header;
  if (martian(in, header)) return dropped(DropReason::malformed);
  const bool to_many = output.broadcast(in, header.destination);
  const bool ours = to_many || output.owns(header.destination);
  const bool forwardable = config.forwarding && to_this_station && !header.source.any() &&
                           !header.destination.multicast() && !header.destination.loopback();
  // RFC 1122 section 3.2.1.3: in silence, whatever else is wrong with it.
  if (!ours && !forwardable) return dropped(DropReason::not_for_us);
  const DropReason refused = check_options(now, in, packet, header);
  if (refused != DropReason::none) return dropped(refused);
  if (!ours) return {.verdict = Verdict::forward};
  // RFC 1122 section 3.3.6: the link's broadcast with a single host's address is for nobody, and
  // section 3.2.2 forbids an ICMP error about it.
  if (!to_many && !to_this_station) return dropped(DropReason::not_for_us);
  if (header.fragment()) return on_fragment(now, in, header, ip.payload);
  return deliver(now, in, header, packet, ip.payload);
}

// RFC 1122 section 3.2.1.8. That a source route is refused is nobody's business: Linux ip_rcv_options(),
// where accept_source_route is 0.
DropReason Stack::Layers::check_options(Time now, InterfaceId in, ByteView packet, const Ipv4Header& ip) {
  if (ip.header_length == Ipv4Header::size) return DropReason::none;
  const wire::Ipv4Options options = wire::read_ipv4_options(packet.first(ip.header_length));
  if (options.problem) {
    icmp.send_error(now, in, IcmpType::parameter_problem, 0, packet, std::uint32_t{*options.problem} << 24);
    return DropReason::malformed;
  }
  return options.source_routed ? DropReason::source_routed : DropReason::none;
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
    case IpProtocol::icmp: return on_icmp(now, in, header, payload);
    case IpProtocol::tcp:  // RFC 9293 section 3.9.2.3: only between two single hosts
      if (ip.source.any()) return dropped(DropReason::malformed);
      return to_many ? dropped(DropReason::no_socket)
                     : tcp.receive(now, header, payload, {in, link_header, packet.first(ip.header_length)});
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

}  // namespace ringside::net
