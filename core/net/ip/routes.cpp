// RFC 1812 section 5.2.4: longest prefix match over a table sorted by prefix length.
#include "ip/routes.hpp"

#include <algorithm>

namespace ringside::net {

void Routes::add(const Prefix& prefix, InterfaceId out, std::optional<IpAddress> gateway) {
  const auto shorter = std::find_if(routes_.begin(), routes_.end(),
                                    [&](const Route& route) { return route.prefix.length < prefix.length; });
  routes_.insert(shorter, {prefix, out, gateway});
}

void Routes::remove(const Prefix& prefix, InterfaceId out, std::optional<IpAddress> gateway) {
  const auto found = std::find_if(routes_.begin(), routes_.end(), [&](const Route& route) {
    return route.prefix == prefix && route.out == out && route.gateway == gateway;
  });
  if (found != routes_.end()) routes_.erase(found);
}

// Of IPv4 what no route by that device leads to is taken to be on its link: ip_route_output_key_hash_rcu().
std::optional<NextHop> Routes::lookup(const IpAddress& destination, Device by) const {
  for (const Route& route : routes_) {
    if (by && route.out != *by) continue;
    if (route.prefix.contains(destination)) return NextHop{route.out, route.gateway.value_or(destination)};
  }
  return by && destination.is_ipv4() ? std::optional{NextHop{*by, destination}} : std::nullopt;
}

}  // namespace ringside::net
