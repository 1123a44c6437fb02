#include "tcp_server.hpp"

#include <array>
#include <stdexcept>

#include "ringside/net/socket_options.hpp"

namespace ringside::tap {
namespace {

constexpr std::uint8_t backlog = 128;
constexpr std::size_t most_connections = 1024, most_thrown_away = 1 << 20;

}  // namespace

TcpServer::TcpServer(net::Sockets& sockets, Time now, std::uint16_t port, Open open)
    : sockets_{sockets},
      listener_{static_cast<std::int32_t>(sockets.socket(net::SocketType::stream, net::Family::ipv6).value)},
      open_{std::move(open)} {
  sockets.setsockopt(now, listener_, net::option::tcp_level, net::option::tcp::fast_open,
                     std::array<std::uint8_t, 4>{backlog, 0, 0, 0});
  const bool listens = sockets.bind(listener_, {{}, port}).error == net::Errno::none &&
                       sockets.listen(now, listener_, backlog).error == net::Errno::none;
  if (!listens) throw std::logic_error{"two services on one port"};
}

void TcpServer::accept(Time now) {
  while (connections_.size() < most_connections) {
    const net::Returned accepted = sockets_.accept(now, listener_);
    if (accepted.value < 0) return;
    const net::Fd fd{static_cast<std::int32_t>(accepted.value)};
    connections_.push_back({Stream{sockets_, fd}, open_()});
  }
}

bool TcpServer::serve(Connection& connection, Time now) {
  Stream& stream = connection.stream;
  if (connection.session && connection.session->run(now, stream)) {
    connection.session.reset();
    stream.finish(now);
  }
  if (!connection.session) {
    std::array<std::uint8_t, 4096> away;
    while (const std::size_t octets = stream.read(now, away)) connection.thrown_away += octets;
    if (stream.ended() || connection.thrown_away > most_thrown_away) return false;
  }
  return !stream.failed();
}

void TcpServer::run(Time now) {
  accept(now);
  std::erase_if(connections_, [&](Connection& connection) {
    if (serve(connection, now)) return false;
    connection.stream.close(now);
    return true;
  });
}

}  // namespace ringside::tap
