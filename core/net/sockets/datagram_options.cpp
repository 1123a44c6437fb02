// setsockopt() and getsockopt() of a datagram socket: sk_setsockopt() of net/core/sock.c.
#include "ringside/net/socket_options.hpp"
#include "sockets/datagram_socket.hpp"
#include "sockets/returned.hpp"

namespace ringside::net {

Returned DatagramSocket::set_option(Time, int level, int name, std::span<const std::uint8_t> value) {
  if (level != option::socket_level) return failed(Errno::enoprotoopt);
  const auto number = int_in(value);
  if (!number) return failed(Errno::einval);
  switch (name) {
    case option::socket::reuse_address: reuse_address_ = *number != 0; return success;
    default: return failed(Errno::enoprotoopt);
  }
}

Returned DatagramSocket::get_option(Time, int level, int name, std::span<std::uint8_t> out) {
  if (level != option::socket_level) return failed(Errno::enoprotoopt);
  switch (name) {
    case option::socket::reuse_address: return give_int(out, reuse_address_);
    case option::socket::type: return give_int(out, 2);  // SOCK_DGRAM
    case option::socket::error: return give_int(out, static_cast<std::int32_t>(take_error()));
    case option::socket::accepting: return give_int(out, 0);
    case option::socket::protocol: return give_int(out, 17);  // IPPROTO_UDP
    case option::socket::domain: return give_int(out, 2);     // AF_INET
    default: return failed(Errno::enoprotoopt);
  }
}

}  // namespace ringside::net
