// Who is bound to a local end point, and which port is free: the same for UDP sockets and TCP listeners.
#pragma once

#include <cstdint>
#include <optional>

#include "containers/flow.hpp"

namespace ringside::net {

using Bindings = FlatMap<Flow, SocketId>;

// The socket that is bound to this address, or else the one that is bound to any.
inline std::optional<SocketId> bound_to(const Bindings& bindings, Endpoint local) {
  for (const Endpoint& bound : {local, Endpoint{{}, local.port}}) {
    if (const SocketId* id = bindings.find({.local = bound})) return *id;
  }
  return std::nullopt;
}

// Replaces the local port of `flow` by an ephemeral one that nothing in `bindings` has: the first from
// `start` on, all round the range. False: there is none.
inline bool choose_port(Flow& flow, const Bindings& bindings, std::uint16_t first, std::uint16_t last,
                        std::uint32_t start) {
  const std::uint32_t ports = last - first + 1u;
  for (std::uint32_t tried = 0; tried < ports; ++tried) {
    flow.local.port = static_cast<std::uint16_t>(first + (start % ports + tried) % ports);
    if (!bindings.find(flow)) return true;
  }
  return false;
}

}  // namespace ringside::net
