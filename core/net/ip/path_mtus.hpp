// Which destinations are behind a narrow path: RFC 8201. What was learned is forgotten after ten minutes, so
// that a path that has become wider is found (section 5.3).
#pragma once

#include "containers/fifo.hpp"
#include "containers/flat_map.hpp"
#include "ringside/net/ip_address.hpp"
#include "ringside/units/time.hpp"

namespace ringside::net {

class PathMtus {
 public:
  // At most `mtu` octets reach it.
  void note(Time now, const IpAddress& destination, std::uint32_t mtu);
  // Of packets to there, that leave by a link of this MTU.
  std::uint32_t of(const IpAddress& destination, std::uint32_t link_mtu) const {
    const std::uint32_t* known = by_destination_.size() == 0 ? nullptr : by_destination_.find({destination});
    return known && *known < link_mtu ? *known : link_mtu;
  }

  void forget_old(Time now);
  Time deadline() const { return order_.empty() ? end_of_time : order_.front().until; }

 private:
  static constexpr std::size_t most = 1024;                       // the oldest is forgotten for one more
  static constexpr Duration lifetime = std::chrono::minutes{10};  // Linux net.ipv6.route.mtu_expires

  struct Destination {
    IpAddress address{};
    bool operator==(const Destination&) const = default;
    std::uint64_t hash() const;
  };
  struct Learned {
    Destination destination{};
    Time until{};
  };

  FlatMap<Destination, std::uint32_t> by_destination_;
  Fifo<Learned> order_;  // each destination once: what comes first is forgotten first
};

}  // namespace ringside::net
