#include "tcp_client.hpp"

#include <fmt/format.h>

#include <array>

namespace ringside::tap {

TcpClient::TcpClient(net::Sockets& sockets, Time now, net::Endpoint to, std::unique_ptr<Session> session)
    : sockets_{sockets},
      fd_{static_cast<std::int32_t>(sockets.socket(net::SocketType::stream).value)},
      to_{to},
      stream_{sockets, fd_},
      session_{std::move(session)} {
  connect(now);
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
