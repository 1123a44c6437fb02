// Sockets that share one local end point with SO_REUSEPORT, and among which what comes is spread by its flow:
// net/core/sock_reuseport.c. Who may join was bound by the same user, which all sockets of a stack are.
#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "ringside/net/types.hpp"
#include "ringside/units/time.hpp"

namespace ringside::net {

struct ReusePortGroup {
  std::vector<SocketId> members{};
  std::optional<Time> overflowed{};  // a SYN to one of them last got a cookie (synq_overflow_ts)

  void join(SocketId id) { members.push_back(id); }

  // __reuseport_detach_sock(): the last one takes the place, so that few flows get another socket.
  void leave(SocketId id) {
    const auto place = std::find(members.begin(), members.end(), id);
    if (place == members.end()) return;
    *place = members.back();
    members.pop_back();
  }

  // reuseport_select_sock_by_hash(): the next that may have it, from the one that the hash names on.
  template <class May>
  std::optional<SocketId> select(std::uint32_t hash, May may) const {
    const std::size_t first = scaled(hash);
    for (std::size_t i = 0; i < members.size(); ++i) {
      const SocketId id = members[(first + i) % members.size()];
      if (may(id)) return id;
    }
    return std::nullopt;
  }
  std::optional<SocketId> select(std::uint32_t hash) const {
    return select(hash, [](SocketId) { return true; });
  }

 private:
  std::size_t scaled(std::uint32_t hash) const {  // reciprocal_scale()
    return static_cast<std::size_t>(std::uint64_t{hash} * members.size() >> 32);
  }
};

using ReusePort = std::shared_ptr<ReusePortGroup>;  // none: the socket has its end point in another way

}  // namespace ringside::net
