// What a code block sees of the connection under test: the fields of TCP_INFO that the stack knows, and those
// of TCP_CC_INFO.
#pragma once

#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "ringside/net/sockets.hpp"

namespace ringside::packetdrill {

using Snapshot = std::vector<std::pair<std::string_view, std::int64_t>>;
Snapshot snapshot_of(Time now, net::Sockets&, net::Fd);  // empty: it is no TCP socket

}  // namespace ringside::packetdrill
