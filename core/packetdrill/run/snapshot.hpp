// What a code block sees of the connection under test: the fields of TCP_INFO.
#pragma once

#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "ringside/net/tcp_info.hpp"

namespace ringside::packetdrill {

using Snapshot = std::vector<std::pair<std::string_view, std::int64_t>>;
Snapshot snapshot_of(const net::TcpInfo&);

}  // namespace ringside::packetdrill
