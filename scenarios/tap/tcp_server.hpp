// Listens on a port, and holds a session with whoever connects.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "program.hpp"
#include "session.hpp"

namespace ringside::tap {

class TcpServer : public Program {
 public:
  using Open = std::function<std::unique_ptr<Session>()>;
  TcpServer(net::Sockets& sockets, Time now, std::uint16_t port, Open open);
  void run(Time now) override;

 private:
  // A session that is over may not have read all that its peer says. To close then would be to reset, and the
  // peer might lose what was said to it last: its words are thrown away until it has finished, or said too
  // much.
  struct Connection {
    Stream stream;
    std::unique_ptr<Session> session{};  // none: over
    std::size_t thrown_away = 0;
  };
  void accept(Time now);
  bool serve(Connection& connection, Time now);  // false: it can be closed

  net::Sockets& sockets_;
  net::Fd listener_;
  Open open_;
  std::vector<Connection> connections_;
};

}  // namespace ringside::tap
