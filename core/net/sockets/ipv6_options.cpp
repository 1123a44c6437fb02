// do_ipv6_setsockopt() and do_ipv6_getsockopt().
#include "sockets/ipv6_options.hpp"

#include "ringside/net/socket_options.hpp"

namespace ringside::net {

Errno set_ipv6_option(Ipv6SocketOptions& options, bool bound, int name, std::span<const std::uint8_t> value) {
  const auto number = int_in(value);
  if (!number) return Errno::einval;
  switch (name) {
    case option::ipv6::only:
      if (bound) return Errno::einval;
      options.only = *number != 0;
      return Errno::none;
    case option::ipv6::traffic_class:  // RFC 3542 section 6.5
      if (!within(*number, -1, 255)) return Errno::einval;
      options.traffic_class = static_cast<std::uint8_t>(*number == -1 ? 0 : *number);
      return Errno::none;
    case option::ipv6::unicast_hops:  // RFC 3493 section 5.1
      if (!within(*number, -1, 255)) return Errno::einval;
      options.hop_limit.reset();
      if (*number != -1) options.hop_limit = static_cast<std::uint8_t>(*number);
      return Errno::none;
    case option::ipv6::mtu_discover:
      if (within(*number, 4, 5)) return Errno::eopnotsupp;  // INTERFACE, OMIT: not in this stack
      if (!within(*number, 0, 3)) return Errno::einval;
      options.path_mtu = static_cast<PathMtuDiscovery>(*number);
      return Errno::none;
    case option::ipv6::auto_flow_label: options.flow_label = *number != 0; return Errno::none;
    default: return Errno::enoprotoopt;
  }
}

Returned get_ipv6_option(const Ipv6SocketOptions& options, const Ipv6Facts& facts, int name,
                         std::span<std::uint8_t> out) {
  switch (name) {
    case option::ipv6::only: return give_int(out, options.only);
    case option::ipv6::traffic_class: return give_int(out, options.traffic_class);
    case option::ipv6::unicast_hops: return give_int(out, options.hop_limit.value_or(facts.usual_hop_limit));
    case option::ipv6::mtu_discover: return give_int(out, static_cast<int>(options.path_mtu));
    case option::ipv6::mtu: return facts.mtu ? give_int(out, *facts.mtu) : failed(Errno::enotconn);
    case option::ipv6::auto_flow_label: return give_int(out, options.flow_label);
    default: return failed(Errno::enoprotoopt);
  }
}

}  // namespace ringside::net
