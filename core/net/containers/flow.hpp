// The two end points by which TCP and UDP find a socket.
#pragma once

#include "containers/flat_map.hpp"
#include "ringside/net/types.hpp"

namespace ringside::net {

struct Flow {
  Endpoint local{}, remote{};  // a listener's or UDP socket's remote is all zero; so is a local address "any"
  bool operator==(const Flow&) const = default;
  std::uint64_t addresses() const {
    return std::uint64_t{local.address.value()} << 32 | remote.address.value();
  }
  std::uint64_t ports() const { return std::uint64_t{local.port} << 16 | remote.port; }
  std::uint64_t hash() const { return mixed(addresses() ^ mixed(ports())); }
};

}  // namespace ringside::net
