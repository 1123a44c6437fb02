// What SYNs say, of connections and of requests alike.
#pragma once

#include <algorithm>

#include "ringside/net/config.hpp"
#include "ringside/net/wire/tcp.hpp"

namespace ringside::net {

// Octets of text in a segment without options: RFC 6691.
inline std::uint16_t advertised_mss(std::uint32_t mtu, const TcpSocketOptions& options) {
  const auto mss = static_cast<int>(mtu - wire::Ipv4Header::size - wire::TcpHeader::size);
  return static_cast<std::uint16_t>(options.max_segment > 0 ? std::min(mss, options.max_segment) : mss);
}

// RFC 7323 section 5.4: a clock of 1 ms, as Linux's. Each pair of hosts has its own offset from it.
inline std::uint32_t timestamp_clock(Time now) {
  return static_cast<std::uint32_t>(now.time_since_epoch() / Duration{1ms});
}

}  // namespace ringside::net
