// Descriptors, and who has which local end point.
#pragma once

#include <memory>
#include <variant>
#include <vector>

#include "sockets/datagram_socket.hpp"
#include "sockets/epoll.hpp"
#include "sockets/stream_socket.hpp"

namespace ringside::net {

struct Sockets::Table {
  using Socket = std::variant<StreamSocket, DatagramSocket>;

  explicit Table(Stack& on) : stack{&on} {}

  Returned add(const Socket& socket);
  Returned add_epoll();
  void remove(Fd fd);
  Socket* find(Fd fd) const;
  Epoll* find_epoll(Fd fd) const;
  bool is_open(Fd fd) const { return find(fd) || find_epoll(fd); }
  Returned no_socket(Fd fd) const { return failed(is_open(fd) ? Errno::enotsock : Errno::ebadf); }
  Epoll::Sight sight(Fd fd) const;  // of one that is open
  Errno may_watch(Fd epoll, Fd fd) const;
  StreamSocket* find_stream(Fd fd) const;
  std::optional<Time> deadline() const;
  void lingers(Fd fd);         // in close()
  void expect_reports(Fd fd);  // if the socket awaits any
  void note_progress(Time now);

  // Linux inet_csk_get_port(): binds if nobody objects, to an ephemeral port if none is named.
  Returned bind(Socket& socket, Endpoint local);
  Returned listen(Socket& socket, int backlog);  // a stream

  Stack* stack;

 private:
  // A connection whose descriptor is closed has its port until it is gone, TIME-WAIT included.
  struct Orphan {
    SocketId id{};
    Endpoint local{};
    bool ipv6_only = false, shares_address = false, shares_port = false;
    Device device{};
  };

  enum class Sharing : std::uint8_t { never, allowed };  // of a port that is chosen, or named
  bool taken(const Socket& by, const Endpoint& local, Sharing = Sharing::allowed);
  std::optional<std::uint16_t> free_port(const Socket& by, const IpAddress& address);

  struct Description {  // one of both
    std::unique_ptr<Socket> socket{};
    std::unique_ptr<Epoll> epoll{};
    bool free() const { return !socket && !epoll; }
  };

  Returned add(Description what);  // the lowest number that is free, as POSIX wants it
  const Description* at(Fd fd) const;

  std::vector<Description> open_;  // by descriptor, from the first one on
  std::vector<Orphan> orphans_;
  std::vector<Fd> reporting_;  // those that await reports
  std::vector<Fd> lingering_;  // in close()
  std::uint32_t ports_chosen_ = 0;
};

}  // namespace ringside::net
