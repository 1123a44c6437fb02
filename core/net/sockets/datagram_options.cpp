// setsockopt() and getsockopt() of a datagram socket: sk_setsockopt() of net/core/sock.c.
#include "ringside/net/socket_options.hpp"
#include "sockets/datagram_socket.hpp"
#include "sockets/device_option.hpp"
#include "sockets/ip_options.hpp"
#include "sockets/ipv6_options.hpp"
#include "sockets/returned.hpp"

namespace ringside::net {

Returned DatagramSocket::set_option(Time now, int level, int name, std::span<const std::uint8_t> value) {
  if (level == option::socket_level && name == option::socket::bind_to_device) {
    const Returned bound = set_device(options_.device, *stack_, value);
    apply();
    return bound;
  }
  if (const auto done = shared_.set(level, name, value)) {
    tell_socket();
    return *done;
  }
  if (level == option::socket_level) return set_socket_option(name, value);
  if (level == option::udp_level && name == option::udp::cork) {  // udp_lib_setsockopt()
    const auto number = int_in(value);
    if (!number) return failed(Errno::einval);
    cork_ = *number != 0;
    if (!cork_) push_pending(now);
    return success;
  }
  const Errno refused = set_ip_option(level, name, value);
  if (refused != Errno::none) return failed(refused);
  apply();
  return success;
}

// Of what is remembered the stack must know some. Who wants no errors loses those that wait:
// skb_errqueue_purge().
void DatagramSocket::tell_socket() {
  options_.reuse_port = shared_.flag(option::socket_level, option::socket::reuse_port);
  options_.receive_errors = shared_.flag(option::ip_level, option::ip::receive_error);
  options_.ipv6.receive_errors = shared_.flag(option::ipv6_level, option::ipv6::receive_error);
  if (!options_.receive_errors && !options_.ipv6.receive_errors)
    while (stack_->take_network_error(id_)) ++errors_taken_;
  apply();
}

Errno DatagramSocket::set_ip_option(int level, int name, std::span<const std::uint8_t> value) {
  if (level == option::ip_level)
    return net::set_ip_option({options_.type_of_service, options_.ttl, options_.path_mtu},
                              stack_->config().ttl, name, value);
  const bool ipv6 = level == option::ipv6_level && family_ == Family::ipv6;
  return ipv6 ? set_ipv6_option(options_.ipv6, local().port != 0, name, value) : Errno::enoprotoopt;
}

Returned DatagramSocket::get_option(Time, int level, int name, std::span<std::uint8_t> out) {
  if (const auto known = shared_.get(level, name, out)) return *known;
  if (level == option::socket_level && name == option::socket::bind_to_device)
    return give_device(options_.device, *stack_, out);
  if (level == option::socket_level) return get_socket_option(name, out);
  if (level == option::udp_level && name == option::udp::cork) return give_int(out, cork_);
  const auto way = connected() ? stack_->way_to(remote().address, options_.device) : std::nullopt;
  const auto mtu = way ? std::optional{way->mtu} : std::nullopt;
  if (level == option::ipv6_level && family_ == Family::ipv6)
    return get_ipv6_option(options_.ipv6, {stack_->config().ttl, mtu}, name, out);
  if (level != option::ip_level) return failed(Errno::enoprotoopt);
  return get_ip_option({.type_of_service = options_.type_of_service,
                        .ttl = options_.ttl,
                        .path_mtu = options_.path_mtu,
                        .mtu = mtu},
                       name, out);
}

Returned DatagramSocket::set_socket_option(int name, std::span<const std::uint8_t> value) {
  const auto number = int_in(value);
  if (!number) return failed(Errno::einval);
  const SocketConfig& limits = stack_->config().sockets;
  const bool forced =
      name == option::socket::send_buffer_force || name == option::socket::receive_buffer_force;
  const Bytes most_sent = forced ? largest_forced_buffer : limits.largest_send_buffer;
  const Bytes most_received = forced ? largest_forced_buffer : limits.largest_receive_buffer;
  switch (name) {
    case option::socket::reuse_address: options_.reuse_address = *number != 0; break;
    case option::socket::broadcast: broadcast_ = *number != 0; return success;
    case option::socket::send_buffer:
    case option::socket::send_buffer_force:
      options_.send_buffer = Bytes{doubled(*number, least_send_buffer, most_sent)};
      break;
    case option::socket::receive_buffer:
    case option::socket::receive_buffer_force:
      options_.receive_buffer = Bytes{doubled(*number, least_receive_buffer, most_received)};
      break;
    default: return failed(Errno::enoprotoopt);
  }
  apply();
  return success;
}

Returned DatagramSocket::get_socket_option(int name, std::span<std::uint8_t> out) {
  switch (name) {
    case option::socket::reuse_address: return give_int(out, options_.reuse_address);
    case option::socket::broadcast: return give_int(out, broadcast_);
    case option::socket::send_buffer: return give_int(out, options_.send_buffer.count);
    case option::socket::receive_buffer: return give_int(out, options_.receive_buffer.count);
    case option::socket::type: return give_int(out, 2);  // SOCK_DGRAM
    case option::socket::error: return give_int(out, static_cast<std::int32_t>(take_error()));
    case option::socket::accepting: return give_int(out, 0);
    case option::socket::protocol: return give_int(out, option::udp_level);
    case option::socket::domain: return give_int(out, static_cast<int>(family_));
    default: return failed(Errno::enoprotoopt);
  }
}

}  // namespace ringside::net
