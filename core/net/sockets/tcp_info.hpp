// TCP_INFO: struct tcp_info of include/uapi/linux/tcp.h, with what the stack knows of it; the rest is zero.
#pragma once

#include "sockets/returned.hpp"

namespace ringside::net {

Returned give_tcp_info(std::span<std::uint8_t> out, Time now, const TcpInfo& info, TcpState state,
                       const TcpConfig& config, std::uint64_t max_pacing_rate);

// TCP_CC_INFO: union tcp_cc_info of include/uapi/linux/inet_diag.h, of which algorithms that tell nothing
// take no octet.
Returned give_congestion_info(std::span<std::uint8_t> out, const TcpInfo& info);

}  // namespace ringside::net
