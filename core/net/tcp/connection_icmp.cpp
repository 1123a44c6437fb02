// What ICMP says of the way to the peer.
#include <algorithm>

#include "ip/ip_header.hpp"
#include "tcp/connection.hpp"

namespace ringside::net {

void Connection::on_fragmentation_needed(std::uint32_t mtu) {
  const bool ipv4 = id_.flow.local.address.is_ipv4();
  // Who names less, or nothing (an old router, RFC 1191 section 5), is believed so far, and packets of so
  // many octets may be divided: ip_rt_min_pmtu, __ip_rt_update_pmtu().
  constexpr std::uint32_t least_believed = 552;
  const bool too_little = ipv4 && mtu < least_believed;
  // RFC 8201 section 4: whatever IPv6 is told, 1280 octets pass.
  const std::uint32_t allowed = std::max(mtu, ipv4 ? least_believed : wire::least_ipv6_mtu);
  const PathMtuDiscovery discovery = ipv4 ? options_->path_mtu : options_->ipv6.path_mtu;
  const bool heeded = discovery != PathMtuDiscovery::dont;  // Linux tcp_v4_mtu_reduced()
  if (!heeded || state_ == TcpState::syn_received) return;
  path_divides_ = path_divides_ || too_little;
  if (allowed >= id_.mtu) return;
  id_.mtu = allowed;
  // The text that was with the SYN is what was too large: the SYN goes again at once, without it
  // (tcp_simple_retransmit()).
  if (state_ == TcpState::syn_sent) return fast_open_.text ? sender_.repeat_syn() : void();
  sender_.narrow_path(allowed, text_within(allowed));
}

// RFC 5927 section 5.2: hard errors are soft once the connection is synchronized, or accepted. Linux
// tcp_v4_err(), tcp_v6_err().
bool Connection::on_unreachable(Time now, Unreachable why) {
  const bool opening =
      state_ == TcpState::syn_sent || (state_ == TcpState::syn_received && !fast_open_.accepted);
  const bool fatal = opening && (why.refused || options_->heeds_unreachable);
  if (fatal) return fail(now, why.error), true;
  const bool ipv4 = id_.flow.local.address.is_ipv4();
  const bool asked = ipv4 ? options_->receive_errors : options_->ipv6.receive_errors;
  if (!opening && asked)
    error_ = why.error;
  else if (options_->heeds_unreachable)
    soft_error_ = why.error;
  return false;
}

void Connection::take_error() {
  if (state_ != TcpState::closed) error_ = Error::none;
}

}  // namespace ringside::net
