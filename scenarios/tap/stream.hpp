// A connection as the programs here see it: what can be read and written now, and whether it is over.
#pragma once

#include <cstdint>
#include <span>

#include "ringside/net/sockets.hpp"

namespace ringside::tap {

class Stream {
 public:
  Stream(net::Sockets& sockets, net::Fd fd) : sockets_{&sockets}, fd_{fd} {}

  std::size_t read(Time now, std::span<std::uint8_t> out);  // 0: nothing is there, ended() or failed()
  std::size_t write(Time now, std::span<const std::uint8_t> octets);  // 0: no room, or failed()
  void finish(Time now);                                              // no more will be written
  void close(Time now);

  bool ended() const { return ended_; }  // the peer has finished, and all of it was read
  bool failed() const { return error_ != net::Errno::none; }
  net::Errno error() const { return error_; }
  net::Endpoint remote() const { return sockets_->remote(fd_); }

 private:
  std::size_t taken(net::Returned returned);

  net::Sockets* sockets_;
  net::Fd fd_;
  bool ended_ = false;
  net::Errno error_ = net::Errno::none;
};

}  // namespace ringside::tap
