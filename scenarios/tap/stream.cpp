#include "stream.hpp"

namespace ringside::tap {

std::size_t Stream::taken(net::Returned returned) {
  if (returned.value >= 0) return static_cast<std::size_t>(returned.value);
  const bool waits = returned.error == net::Errno::eagain ||
                     returned.error == net::Errno::einprogress;  // a SYN that has left without the octets
  if (!waits) error_ = returned.error;
  return 0;
}

std::size_t Stream::read(Time now, std::span<std::uint8_t> out) {
  if (ended_ || failed() || out.empty()) return 0;
  const net::Returned returned = sockets_->recv(now, fd_, out);
  ended_ = returned.value == 0;
  return taken(returned);
}

std::size_t Stream::write(Time now, std::span<const std::uint8_t> octets) {
  if (failed() || octets.empty()) return 0;
  return taken(sockets_->send(now, fd_, octets));
}

void Stream::finish(Time now) { sockets_->shutdown(now, fd_, net::Shutdown::write); }
void Stream::close(Time now) { sockets_->close(now, fd_); }

}  // namespace ringside::tap
