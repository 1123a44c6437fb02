// The IP level of setsockopt(), which streams and datagrams share: net/ipv4/ip_sockglue.c.
#pragma once

#include "sockets/returned.hpp"

namespace ringside::net {

struct IpSettings {
  std::uint8_t& type_of_service;
  std::uint8_t& ttl;
  PathMtuDiscovery& path_mtu;
};
struct IpFacts {
  std::uint8_t type_of_service = 0, ttl = 0;
  PathMtuDiscovery path_mtu{};
  std::optional<int> mtu{};  // of the path, once there is a peer
};

Errno set_ip_option(IpSettings settings, std::uint8_t default_ttl, int name,
                    std::span<const std::uint8_t> value);
Returned get_ip_option(const IpFacts& facts, int name, std::span<std::uint8_t> out);

}  // namespace ringside::net
