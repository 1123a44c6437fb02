// The forwarding table: longest prefix match.
#pragma once

#include <optional>
#include <vector>

#include "ringside/net/types.hpp"

namespace ringside::net {

struct Prefix {
  Ipv4Address network{};
  int length = 0;

  constexpr std::uint32_t mask() const { return length == 0 ? 0 : ~std::uint32_t{0} << (32 - length); }
  constexpr bool contains(Ipv4Address address) const {
    return ((address.value() ^ network.value()) & mask()) == 0;
  }
};

struct NextHop {
  InterfaceId out{};
  Ipv4Address address{};  // whose MAC address the frame goes to
};

class Routes {
 public:
  void add(Prefix prefix, InterfaceId out, std::optional<Ipv4Address> gateway);
  std::optional<NextHop> lookup(Ipv4Address destination) const;

 private:
  struct Route {
    Prefix prefix{};
    InterfaceId out{};
    std::optional<Ipv4Address> gateway{};
  };
  std::vector<Route> routes_;  // longest prefix first; among equals, the one added first
};

}  // namespace ringside::net
