// ip_cmsg_recv_offset(), ip_recv_error() and their relatives of IPv6.
#include "sockets/received_control.hpp"

#include "ringside/net/socket_options.hpp"

namespace ringside::net {
namespace {

// ipv4_pktinfo_prepare(): of what came to a group or by broadcast, where an answer would come from.
IpAddress local_of(const Datagram& datagram, const Stack& stack, Device by) {
  if (stack.owns(datagram.how.to)) return datagram.how.to;
  const auto way = stack.way_to(datagram.from.address, by);
  return way ? way->source : IpAddress{};
}

}  // namespace

// A socket of AF_INET6 is asked about IPv4 by the options of IPv4, but for the address:
// ip6_datagram_recv_common_ctl().
void tell_delivery(const Datagram& datagram, const Stack& stack, Device by, Family family,
                   const SharedOptions& asked, ReceivedMessage& message) {
  const Delivered& how = datagram.how;
  const bool ipv4 = how.to.is_ipv4();
  const auto wants = [&](bool by_ipv4, int ipv4_name, int ipv6_name) {
    return by_ipv4 ? asked.flag(option::ip_level, ipv4_name) : asked.flag(option::ipv6_level, ipv6_name);
  };
  asked.tell_arrival(how.at, message);
  if (wants(family == Family::ipv4, option::ip::packet_info, option::ipv6::receive_packet_info))
    message.packet =
        PacketInfo{static_cast<std::uint32_t>(how.interface) + 1, local_of(datagram, stack, by), how.to};
  if (wants(ipv4, option::ip::receive_ttl, option::ipv6::receive_hop_limit)) message.ttl = how.ttl;
  if (wants(ipv4, option::ip::receive_tos, option::ipv6::receive_traffic_class))
    message.type_of_service = how.type_of_service;
}

Returned give_error(const NetworkError& error, std::span<std::uint8_t> out, ReceivedMessage& message) {
  using Origin = ExtendedError::Origin;
  message.from = error.to;
  message.flags = static_cast<MessageFlags>(MessageFlag::error_queue) |
                  (error.text.size() > out.size() ? static_cast<MessageFlags>(MessageFlag::truncate) : 0);
  message.error = ExtendedError{.error = errno_of(error.error),
                                .origin = error.local                ? Origin::local
                                          : error.offender.is_ipv4() ? Origin::icmp
                                                                     : Origin::icmp6,
                                .type = error.type,
                                .code = error.code,
                                .info = error.info,
                                .offender = error.offender};
  return give(out, error.text);
}

}  // namespace ringside::net
