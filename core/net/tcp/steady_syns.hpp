// How often a SYN is repeated before its time-out doubles: Linux tcp_syn_linear_timeouts, since 6.5. A
// network that loses some SYNs of many is asked again soon.
#pragma once

#include "ringside/net/config.hpp"

namespace ringside::net {

constexpr std::uint64_t steady_syns(const TcpConfig& config) { return config.rto == RtoRule::margin ? 4 : 0; }

}  // namespace ringside::net
