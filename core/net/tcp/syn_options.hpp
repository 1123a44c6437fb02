// What SYNs say, of connections and of requests alike.
#pragma once

#include <algorithm>

#include "ip/ip_header.hpp"
#include "ringside/net/config.hpp"
#include "ringside/net/wire/tcp.hpp"

namespace ringside::net {

// Octets of IP and TCP without options, of who has this address.
inline std::uint32_t headers_size(const IpAddress& local) {
  return static_cast<std::uint32_t>(ip_header_size(local) + wire::TcpHeader::size);
}

// RFC 9293 section 3.7.1: what a peer takes whose SYN does not say.
inline std::uint16_t default_mss(const IpAddress& local) {
  return static_cast<std::uint16_t>((local.is_ipv4() ? 576 : wire::least_ipv6_mtu) - headers_size(local));
}

// Octets of text in a segment without options: RFC 6691.
inline std::uint16_t advertised_mss(std::uint32_t mtu, const IpAddress& local,
                                    const TcpSocketOptions& options) {
  const auto mss = static_cast<int>(mtu - headers_size(local));
  return static_cast<std::uint16_t>(options.max_segment > 0 ? std::min(mss, options.max_segment) : mss);
}

// RFC 7323 section 5.4: a clock of 1 ms, as Linux's. Each pair of hosts has its own offset from it.
inline std::uint32_t timestamp_clock(Time now) {
  return static_cast<std::uint32_t>(now.time_since_epoch() / Duration{1ms});
}

// As many of the counts as there is room for in so many octets of options, `least` at least, for which one of
// more than two SACK blocks is given up. Linux tcp_options_fit_accecn().
bool add_ecn_octets(wire::TcpOptions& options, wire::EcnOctets octets, int least, std::size_t most);

}  // namespace ringside::net
