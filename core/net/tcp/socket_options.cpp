// What a connection begins with.
#include "ringside/net/config.hpp"

namespace ringside::net {

TcpSocketOptions socket_options(const StackConfig& config) {
  const TcpConfig& tcp = config.tcp;
  return {.congestion = tcp.congestion,
          .reordering = tcp.reordering,
          .nagle = !tcp.nagle            ? Nagle::off
                   : tcp.nagle_of_bursts ? Nagle::burst
                                         : Nagle::all,
          .send_buffer = tcp.send_buffer,
          .receive_buffer = tcp.receive_buffer,
          .max_pacing_rate = tcp.max_pacing_rate,
          .min_rto = tcp.min_rto,
          .max_rto = tcp.max_rto,
          .ttl = config.ttl,
          .ipv6 = {.reflects_flow_label = config.flow_label_reflection.connections}};
}

}  // namespace ringside::net
