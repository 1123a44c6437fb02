// Destinations for which a router has named a better first hop: RFC 1122 section 3.2.2.2, RFC 4861 section 8.
// Each is a route to one host; the oldest goes for one more.
#pragma once

#include <vector>

#include "ip/routes.hpp"

namespace ringside::net {

class Redirects {
 public:
  explicit Redirects(Routes& routes) : routes_{&routes} {}

  // `router` says so, who must be the one that is asked now. `to`: the better router, or the destination
  // itself if it is on the link.
  bool take(InterfaceId on, const IpAddress& router, const IpAddress& destination, const IpAddress& to);
  void forget(InterfaceId on, const IpAddress& hop);  // it does not answer

 private:
  static constexpr std::size_t most = 64;

  struct Redirect {
    InterfaceId on{};
    IpAddress destination{}, to{};
    std::optional<IpAddress> gateway() const { return to == destination ? std::nullopt : std::optional{to}; }
  };

  void remove(std::size_t i);

  Routes* routes_;
  std::vector<Redirect> known_;
};

}  // namespace ringside::net
