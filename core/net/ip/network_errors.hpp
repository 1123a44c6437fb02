// What ICMP errors say of packets that this host has sent, and those that sockets want to be told of one by
// one (IP_RECVERR): Linux sk_error_queue.
#pragma once

#include <vector>

#include "ringside/net/stack.hpp"

namespace ringside::net {

// What an ICMP error says of the way to the peer.
struct Unreachable {
  Error error = Error::host_unreachable;
  bool refused = false;       // by the peer's host itself: port or protocol unreachable
  bool prohibited = false;    // by a filter on the way
  bool hard = false;          // trying again is of no use: `fatal` of icmp_err_convert[]
  bool ends_request = false;  // nobody waits for the rest of the handshake: tcp_req_err()
};

class NetworkErrors {
 public:
  void push(SocketId socket, NetworkError error);  // one too many is lost, as an ICMP error may be
  std::optional<NetworkError> take(SocketId socket);
  const NetworkError* next(SocketId socket) const;
  std::size_t count(SocketId socket) const;
  void forget(SocketId socket);

 private:
  struct Entry {
    SocketId socket{};
    NetworkError error{};
  };
  std::vector<Entry> entries_{};  // of all sockets, by their time
};

}  // namespace ringside::net
