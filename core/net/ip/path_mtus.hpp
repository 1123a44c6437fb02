// Which destinations are behind a narrow path: RFC 1191, RFC 8201. What was learned is forgotten after ten
// minutes, so that a path that has become wider is found (section 6.3 of the one, 5.3 of the other).
#pragma once

#include "containers/fifo.hpp"
#include "containers/flat_map.hpp"
#include "ringside/net/ip_address.hpp"
#include "ringside/units/time.hpp"

namespace ringside::net {

// Who names less, or nothing (an old router, RFC 1191 section 5), is believed so far, and packets of so many
// octets may be divided: Linux ip_rt_min_pmtu, __ip_rt_update_pmtu().
inline constexpr std::uint32_t least_believed_ipv4_mtu = 552;

class PathMtus {
 public:
  // At most `mtu` octets reach it.
  void note(Time now, const IpAddress& destination, std::uint32_t mtu);
  // Somebody on the way to there has named less of IPv4 than is believed, or nothing.
  bool divides(const IpAddress& destination) const {
    const Known* known = find(destination);
    return known && known->divides;
  }
  // Of packets to there, that leave by a link of this MTU.
  std::uint32_t of(const IpAddress& destination, std::uint32_t link_mtu) const {
    const Known* known = find(destination);
    return known && known->mtu < link_mtu ? known->mtu : link_mtu;
  }

  void forget_old(Time now);
  Time deadline() const { return order_.empty() ? end_of_time : order_.front().until; }

 private:
  static constexpr std::size_t most = 1024;                       // the oldest is forgotten for one more
  static constexpr Duration lifetime = std::chrono::minutes{10};  // Linux route.mtu_expires, of both versions

  struct Destination {
    IpAddress address{};
    bool operator==(const Destination&) const = default;
    std::uint64_t hash() const;
  };
  struct Known {
    std::uint32_t mtu = 0;
    bool divides = false;
  };
  struct Learned {
    Destination destination{};
    Time until{};
  };

  const Known* find(const IpAddress& destination) const {
    return by_destination_.size() == 0 ? nullptr : by_destination_.find({destination});
  }

  FlatMap<Destination, Known> by_destination_;
  Fifo<Learned> order_;  // each destination once: what comes first is forgotten first
};

}  // namespace ringside::net
