// The IPv6 level of setsockopt(), which streams and datagrams share: net/ipv6/ipv6_sockglue.c.
#pragma once

#include "sockets/returned.hpp"

namespace ringside::net {

// `bound`: it has a port already.
Errno set_ipv6_option(Ipv6SocketOptions& options, bool bound, int name, std::span<const std::uint8_t> value);

struct Ipv6Facts {
  std::uint8_t usual_hop_limit = 0;
  std::optional<int> mtu{};  // of the path, once there is a peer
};
Returned get_ipv6_option(const Ipv6SocketOptions& options, const Ipv6Facts& facts, int name,
                         std::span<std::uint8_t> out);

}  // namespace ringside::net
