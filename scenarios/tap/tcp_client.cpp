#include "tcp_client.hpp"

#include <fmt/format.h>

#include <array>

#include "ringside/net/socket_options.hpp"

namespace ringside::tap {

TcpClient::TcpClient(net::Sockets& sockets, Time now, net::Endpoint to, std::unique_ptr<Session> session,
                     bool fast_open)
    : sockets_{sockets},
      fd_{open_socket(sockets, to.address)},
      to_{to},
      stream_{sockets, fd_},
      session_{std::move(session)} {
  if (fast_open)
    sockets.setsockopt(now, fd_, net::option::tcp_level, net::option::tcp::fast_open_connect,
                       std::array<std::uint8_t, 4>{1, 0, 0, 0});
  connect(now);
}

net::Fd TcpClient::open_socket(net::Sockets& sockets, const net::IpAddress& for_peer) {
  const net::Family family = for_peer.is_ipv4() ? net::Family::ipv4 : net::Family::ipv6;
  return net::Fd{static_cast<std::int32_t>(sockets.socket(net::SocketType::stream, family).value)};
}

void TcpClient::connect(Time now) {
  const net::Errno error = sockets_.connect(now, fd_, to_).error;
  if (error == net::Errno::einprogress || error == net::Errno::ealready) return;
  connected_ = error == net::Errno::none || error == net::Errno::eisconn;
  if (!connected_) end(now, fmt::format("connecting to {}: {}", net::to_string(to_), net::name_of(error)));
}

void TcpClient::hold(Time now) {
  if (session_ && session_->run(now, stream_)) {
    failure_ = session_->failure();
    session_.reset();
    stream_.finish(now);
  }
  if (!session_) {
    std::array<std::uint8_t, 4096> away;
    while (stream_.read(now, away) > 0) {
    }
    if (stream_.ended()) return end(now, std::move(failure_));
  }
  if (stream_.failed()) end(now, fmt::format("{}: {}", net::to_string(to_), net::name_of(stream_.error())));
}

void TcpClient::end(Time now, std::optional<std::string> failure) {
  stream_.close(now);
  over_ = true;
  failure_ = std::move(failure);
}

void TcpClient::run(Time now) {
  if (!over_ && !connected_) connect(now);
  if (!over_ && connected_) hold(now);
}

}  // namespace ringside::tap
