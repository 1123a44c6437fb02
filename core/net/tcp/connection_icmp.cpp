// What ICMP says of the way to the peer.
#include "ringside/net/wire/icmp.hpp"
#include "tcp/connection.hpp"

namespace ringside::net {

void Connection::on_fragmentation_needed(std::uint32_t mtu) {
  constexpr std::uint32_t least = 68;  // RFC 791, RFC 1191 section 3: no path is narrower
  constexpr std::uint32_t unnamed =
      576;  // RFC 1191 section 5: an old router says 0; RFC 791: any host takes 576
  const std::uint32_t headers =
      wire::Ipv4Header::size + wire::TcpHeader::size + (timestamps_ ? wire::timestamps_option_size : 0u);
  const std::uint32_t mss = (mtu < least ? unnamed : mtu) - headers;
  const bool heeded = options_.path_mtu != PathMtuDiscovery::dont;  // Linux tcp_v4_mtu_reduced()
  if (!heeded || !synchronized() || mss >= sender_.mss()) return;
  id_.mtu = mss + headers;
  sender_.reduce_mss(mss);
}

// RFC 5927 section 5.2: hard errors are soft once the connection is synchronized, or accepted: tcp_v4_err().
bool Connection::on_unreachable(Time now, std::uint8_t code) {
  const bool refused = code == wire::unreachable::protocol || code == wire::unreachable::port;
  const bool network = code == wire::unreachable::network || code == wire::unreachable::network_unknown ||
                       code == wire::unreachable::network_prohibited ||
                       code == wire::unreachable::network_for_tos;
  const Error said = refused   ? Error::connection_refused
                     : network ? Error::network_unreachable
                               : Error::host_unreachable;
  const bool opening =
      state_ == TcpState::syn_sent || (state_ == TcpState::syn_received && !fast_open_.accepted);
  const bool fatal = opening && (refused || options_.heeds_unreachable);
  if (fatal) fail(now, said);
  if (!fatal && options_.heeds_unreachable) soft_error_ = said;
  return fatal;
}

}  // namespace ringside::net
