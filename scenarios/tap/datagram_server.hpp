// The small services by UDP: an answer to each datagram, or none.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "program.hpp"
#include "ringside/net/sockets.hpp"

namespace ringside::tap {

class DatagramServer : public Program {
 public:
  // What is answered to a datagram; nullopt: nothing.
  using Answer = std::function<std::optional<std::vector<std::uint8_t>>(std::span<const std::uint8_t>)>;
  DatagramServer(net::Sockets& sockets, std::uint16_t port, Answer answer);
  void run(Time now) override;

 private:
  net::Sockets& sockets_;
  net::Fd socket_;
  Answer answer_;
  std::vector<std::uint8_t> datagram_;
};

}  // namespace ringside::tap
