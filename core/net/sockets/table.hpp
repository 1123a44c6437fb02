// Descriptors, and who has which local end point.
#pragma once

#include <memory>
#include <variant>
#include <vector>

#include "sockets/datagram_socket.hpp"
#include "sockets/stream_socket.hpp"

namespace ringside::net {

struct Sockets::Table {
  using Socket = std::variant<StreamSocket, DatagramSocket>;

  explicit Table(Stack& on) : stack{&on} {}

  Returned add(const Socket& socket);  // the lowest number that is free, as POSIX wants it
  void remove(Fd fd);
  Socket* find(Fd fd) const;
  StreamSocket* find_stream(Fd fd) const;
  std::optional<Time> deadline() const;

  // Linux inet_csk_get_port(): binds if nobody objects, to an ephemeral port if none is named.
  Returned bind(Socket& socket, Endpoint local);
  Returned listen(Socket& socket, int backlog);  // a stream

  Stack* stack;

 private:
  // A connection whose descriptor is closed has its port until it is gone, TIME-WAIT included.
  struct Orphan {
    SocketId id{};
    Endpoint local{};
    bool ipv6_only = false, shares_address = false;
  };

  bool taken(const Socket& by, const Endpoint& local);
  std::optional<std::uint16_t> free_port(const Socket& by, const IpAddress& address);

  std::vector<std::unique_ptr<Socket>> open_;  // by descriptor, from the first one on
  std::vector<Orphan> orphans_;
  std::uint32_t ports_chosen_ = 0;
};

}  // namespace ringside::net
