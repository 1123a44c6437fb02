// Connects, holds a session, and waits until its peer has finished, too.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "program.hpp"
#include "session.hpp"

namespace ringside::tap {

class TcpClient : public Program {
 public:
  // `fast_open`: the SYN has the first octets that the session writes (TCP_FASTOPEN_CONNECT).
  TcpClient(net::Sockets& sockets, Time now, net::Endpoint to, std::unique_ptr<Session> session,
            bool fast_open = false);
  void run(Time now) override;

  bool over() const { return over_; }
  // Once it is over: why that was in vain; nullopt: it was not.
  const std::optional<std::string>& failure() const { return failure_; }

 private:
  static net::Fd open_socket(net::Sockets& sockets, const net::IpAddress& for_peer);
  void connect(Time now);
  void hold(Time now);
  void end(Time now, std::optional<std::string> failure);

  net::Sockets& sockets_;
  net::Fd fd_;
  net::Endpoint to_;
  Stream stream_;
  std::unique_ptr<Session> session_;
  bool connected_ = false, over_ = false;
  std::optional<std::string> failure_{};
};

}  // namespace ringside::tap
