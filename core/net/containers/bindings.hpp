// Who is bound to a local end point, and which port is free: the same for UDP sockets and TCP listeners.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>

#include "containers/flow.hpp"

namespace ringside::net {

using Bindings = FlatMap<Flow, SocketId>;

// The keys of a socket that is bound to `local`: two where it hears both versions, which :: means unless
// IPV6_V6ONLY is set (RFC 3493 section 5.3).
class LocalEnds {
 public:
  LocalEnds(Endpoint local, bool ipv6_only)
      : ends_{local, {Ipv4Address{}, local.port}},
        count_{local.address == IpAddress{} && !ipv6_only ? 2u : 1u} {}
  const Endpoint* begin() const { return ends_.data(); }
  const Endpoint* end() const { return ends_.data() + count_; }

  bool free(const Bindings& bindings) const {
    return std::all_of(begin(), end(),
                       [&](const Endpoint& local) { return !bindings.find({.local = local}); });
  }

 private:
  std::array<Endpoint, 2> ends_;
  std::size_t count_;
};

// To which a socket may be bound that hears what comes to `local`: to this address, or else to any of its
// version.
inline std::array<Endpoint, 2> ends_that_hear(const Endpoint& local) {
  return {local, Endpoint{local.address.any_of_its_version(), local.port}};
}

// Replaces `port` by an ephemeral one that is `free`: the first from `start` on, all round the range. False:
// there is none.
template <class Free>
bool choose_port(std::uint16_t& port, std::uint16_t first, std::uint16_t last, std::uint32_t start,
                 Free free) {
  const std::uint32_t ports = last - first + 1u;
  for (std::uint32_t tried = 0; tried < ports; ++tried) {
    port = static_cast<std::uint16_t>(first + (start % ports + tried) % ports);
    if (free()) return true;
  }
  return false;
}

}  // namespace ringside::net
