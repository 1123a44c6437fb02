// The two end points by which TCP and UDP find a socket.
#pragma once

#include "containers/flat_map.hpp"
#include "ringside/net/types.hpp"

namespace ringside::net {

struct Flow {
  Endpoint local{}, remote{};  // of one version; a listener's or UDP socket's remote is all zero
  bool operator==(const Flow&) const = default;

  // Both addresses of IPv4 as they are; of IPv6, a digest of them.
  std::uint64_t addresses() const {
    const IpAddress::Words &l = local.address.words(), &r = remote.address.words();
    if (local.address.is_ipv4()) return pair(l[3], r[3]);
    return mixed(pair(l[0], l[1]) ^
                 mixed(pair(l[2], l[3]) ^ mixed(pair(r[0], r[1]) ^ mixed(pair(r[2], r[3])))));
  }
  std::uint64_t ports() const { return std::uint64_t{local.port} << 16 | remote.port; }
  std::uint64_t hash() const { return mixed(addresses() ^ mixed(ports())); }

 private:
  static constexpr std::uint64_t pair(std::uint32_t high, std::uint32_t low) {
    return std::uint64_t{high} << 32 | low;
  }
};

}  // namespace ringside::net
