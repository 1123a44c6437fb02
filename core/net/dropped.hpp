// A segment, datagram or frame that nobody has, and why.
#pragma once

#include <optional>

#include "ringside/net/stack.hpp"

namespace ringside::net {

// `socket`: that it was for, if there is one.
inline Received dropped(DropReason reason, std::optional<SocketId> socket = {}) {
  return {.verdict = Verdict::dropped, .reason = reason, .socket = socket};
}

}  // namespace ringside::net
