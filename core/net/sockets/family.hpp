// Which addresses a socket of a family may name.
#pragma once

#include "sockets/returned.hpp"

namespace ringside::net {

inline IpAddress any_of(Family family) { return family == Family::ipv4 ? Ipv4Address{} : IpAddress{}; }

// What a program of AF_INET writes as {} is 0.0.0.0.
inline Endpoint written_by(Family family, Endpoint endpoint) {
  if (endpoint.address == IpAddress{}) endpoint.address = any_of(family);
  return endpoint;
}

// inet_bind_sk(), __inet6_bind().
inline Errno may_bind(Family family, bool ipv6_only, const IpAddress& local) {
  if (family == Family::ipv4 && !local.is_ipv4()) return Errno::eafnosupport;
  return ipv6_only && local.is_ipv4() ? Errno::einval : Errno::none;
}

// tcp_v4_connect(), tcp_v6_connect(), udpv6_sendmsg(), ip6_dst_lookup_tail().
inline Errno may_reach(Family family, bool ipv6_only, const IpAddress& local, const IpAddress& remote) {
  if (family == Family::ipv4 && !remote.is_ipv4()) return Errno::eafnosupport;
  if (!local.any() && local.is_ipv4() != remote.is_ipv4()) return Errno::eafnosupport;
  return ipv6_only && remote.is_ipv4() ? Errno::enetunreach : Errno::none;
}

}  // namespace ringside::net
