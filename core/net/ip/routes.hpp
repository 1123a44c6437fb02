// The forwarding table: longest prefix match.
#pragma once

#include <optional>
#include <vector>

#include "ringside/net/types.hpp"

namespace ringside::net {

struct Prefix {
  IpAddress network{};
  int length = 0;  // 0 to 32 of IPv4, 0 to 128 of IPv6

  constexpr bool operator==(const Prefix&) const = default;
  constexpr bool contains(const IpAddress& address) const {  // of the same version only
    if (!network.is_ipv4()) return !address.is_ipv4() && address.shares_prefix(network, length);
    const std::uint32_t mask = length == 0 ? 0 : ~std::uint32_t{0} << (32 - length);
    return address.is_ipv4() && ((address.ipv4().value() ^ network.ipv4().value()) & mask) == 0;
  }
};

// A route to one host.
constexpr Prefix alone(const IpAddress& host) { return {host, host.is_ipv4() ? 32 : 128}; }

struct NextHop {
  InterfaceId out{};
  IpAddress address{};  // whose MAC address the frame goes to
};

class Routes {
 public:
  void add(const Prefix& prefix, InterfaceId out, std::optional<IpAddress> gateway);
  void remove(const Prefix& prefix, InterfaceId out, std::optional<IpAddress> gateway);  // one such
  std::optional<NextHop> lookup(const IpAddress& destination, Device by = {}) const;

 private:
  struct Route {
    Prefix prefix{};
    InterfaceId out{};
    std::optional<IpAddress> gateway{};
  };
  std::vector<Route> routes_;  // longest prefix first; among equals, the one added first
};

}  // namespace ringside::net
