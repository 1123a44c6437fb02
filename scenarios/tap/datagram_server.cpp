#include "datagram_server.hpp"

#include <stdexcept>

namespace ringside::tap {

DatagramServer::DatagramServer(net::Sockets& sockets, std::uint16_t port, Answer answer)
    : sockets_{sockets},
      socket_{static_cast<std::int32_t>(sockets.socket(net::SocketType::datagram, net::Family::ipv6).value)},
      answer_{std::move(answer)},
      datagram_(65535) {
  if (sockets.bind(socket_, {{}, port}).error != net::Errno::none)
    throw std::logic_error{"two services on one port"};
}

// An error that a peer's ICMP reports is told once, in place of a datagram, and concerns nobody here. An
// answer for which there is no room is lost, as any datagram may be.
void DatagramServer::run(Time now) {
  for (;;) {
    net::Endpoint from{};
    const net::Returned got = sockets_.recv_from(now, socket_, datagram_, from);
    if (got.error == net::Errno::eagain) return;
    if (got.value < 0) continue;
    const auto answer = answer_(std::span{datagram_}.first(static_cast<std::size_t>(got.value)));
    if (answer) sockets_.send_to(now, socket_, *answer, from);
  }
}

}  // namespace ringside::tap
