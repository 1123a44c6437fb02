// setsockopt() and getsockopt() of a stream: sk_setsockopt() of net/core/sock.c.
#include "ringside/net/socket_options.hpp"
#include "sockets/returned.hpp"
#include "sockets/stream_socket.hpp"

namespace ringside::net {

Returned StreamSocket::set_option(Time, int level, int name, std::span<const std::uint8_t> value) {
  if (level != option::socket_level) return failed(Errno::enoprotoopt);
  const auto number = int_in(value);
  if (!number) return failed(Errno::einval);
  switch (name) {
    case option::socket::reuse_address: reuse_address_ = *number != 0; return success;
    default: return failed(Errno::enoprotoopt);
  }
}

Returned StreamSocket::get_option(Time, int level, int name, std::span<std::uint8_t> out) {
  if (level != option::socket_level) return failed(Errno::enoprotoopt);
  switch (name) {
    case option::socket::reuse_address: return give_int(out, reuse_address_);
    case option::socket::type: return give_int(out, 1);  // SOCK_STREAM
    case option::socket::error: return give_int(out, static_cast<std::int32_t>(take_error()));
    case option::socket::accepting: return give_int(out, state() == TcpState::listen);
    case option::socket::protocol: return give_int(out, 6);  // IPPROTO_TCP
    case option::socket::domain: return give_int(out, 2);    // AF_INET
    default: return failed(Errno::enoprotoopt);
  }
}

}  // namespace ringside::net
