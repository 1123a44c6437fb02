// setsockopt() and getsockopt() of a stream, by level; SOL_SOCKET is sk_setsockopt() of net/core/sock.c.
#include "ringside/net/socket_options.hpp"
#include "sockets/device_option.hpp"
#include "sockets/ip_options.hpp"
#include "sockets/ipv6_options.hpp"
#include "sockets/returned.hpp"
#include "sockets/stream_socket.hpp"

namespace ringside::net {

Returned StreamSocket::set_option(Time now, int level, int name, std::span<const std::uint8_t> value) {
  if (level == option::socket_level && name == option::socket::bind_to_device) {
    const Returned bound = set_device(options_.device, *stack_, value);
    apply(now);
    return bound;
  }
  const bool timestamps = level == option::socket_level && name == option::socket::timestamping;
  if (timestamps && refuses_timestamp_ids(value)) return failed(Errno::einval);
  const std::uint32_t stamped = shared_.timestamping();
  if (const auto done = shared_.set(level, name, value)) {
    if (level == option::socket_level && name == option::socket::receive_low_water) bound_low_water(now);
    count_timestamp_ids(stamped);
    tell_connection(now);
    return *done;
  }
  if (level == option::socket_level) return set_socket_option(now, name, value);
  if (level == option::tcp_level) return set_tcp_option(now, name, value);
  const Errno refused = set_ip_option(level, name, value);
  if (refused != Errno::none) return failed(refused);
  apply(now);
  return success;
}

// Of what is remembered the connection must know some. Who wants no errors loses those that wait.
void StreamSocket::tell_connection(Time now) {
  options_.reuse_port = shared_.flag(option::socket_level, option::socket::reuse_port);
  options_.save_syn = static_cast<std::uint8_t>(shared_.value(option::tcp_level, option::tcp::save_syn));
  options_.receive_errors = shared_.flag(option::ip_level, option::ip::receive_error);
  options_.ipv6.receive_errors = shared_.flag(option::ipv6_level, option::ipv6::receive_error);
  options_.stamps_arrivals = shared_.stamps_arrivals();
  options_.receive_low_water = shared_.low_water();
  options_.max_pacing_rate = shared_.max_pacing_rate();
  if (!options_.receive_errors && !options_.ipv6.receive_errors) {
    keep_network_errors();
    errors_taken_ += network_errors_.size();
    network_errors_.clear();
  }
  apply(now);
}

// Of either version. ip_sock_set_tos(), do_ipv6_setsockopt(): of a stream the bits of ECN are TCP's.
Errno StreamSocket::set_ip_option(int level, int name, std::span<const std::uint8_t> value) {
  constexpr std::uint8_t ecn = 0x3;
  const auto keep_ecn = [](std::uint8_t now, std::uint8_t before) {
    return static_cast<std::uint8_t>((now & ~ecn) | (before & ecn));
  };
  const TcpSocketOptions before = options_;
  Errno refused = Errno::enoprotoopt;
  if (level == option::ip_level)
    refused = net::set_ip_option({options_.type_of_service, options_.ttl, options_.path_mtu},
                                 stack_->config().ttl, name, value);
  else if (level == option::ipv6_level && family_ == Family::ipv6)
    refused = set_ipv6_option(options_.ipv6, local().port != 0, name, value);
  options_.type_of_service = keep_ecn(options_.type_of_service, before.type_of_service);
  options_.ipv6.traffic_class = keep_ecn(options_.ipv6.traffic_class, before.ipv6.traffic_class);
  return refused;
}

Returned StreamSocket::get_option(Time now, int level, int name, std::span<std::uint8_t> out) {
  if (const auto known = shared_.get(level, name, out)) return *known;
  if (level == option::socket_level && name == option::socket::bind_to_device)
    return give_device(options_.device, *stack_, out);
  if (level == option::socket_level && name == option::socket::send_buffer) expand_send_buffer(now);
  if (level == option::socket_level) return get_socket_option(name, out);
  if (level == option::tcp_level) return get_tcp_option(now, name, out);
  const bool has_route = stage_ != Stage::unconnected && !dead();
  const auto mtu = has_route ? std::optional{stack_->tcp_info(id_).path_mtu} : std::nullopt;
  if (level == option::ipv6_level && family_ == Family::ipv6)
    return get_ipv6_option(options_.ipv6, {stack_->config().ttl, mtu}, name, out);
  if (level != option::ip_level) return failed(Errno::enoprotoopt);
  return get_ip_option({.type_of_service = options_.type_of_service,
                        .ttl = options_.ttl,
                        .path_mtu = options_.path_mtu,
                        .mtu = mtu},
                       name, out);
}

namespace {

struct Linger {  // struct linger of include/linux/socket.h
  std::int32_t on = 0, seconds = 0;
};

std::optional<Linger> linger_in(std::span<const std::uint8_t> value) {
  Linger linger;
  if (value.size() < sizeof linger) return std::nullopt;
  std::memcpy(&linger, value.data(), sizeof linger);
  return linger;
}

Returned give_linger(std::span<std::uint8_t> out, std::optional<Duration> linger) {
  const Linger told{.on = linger.has_value(),
                    .seconds = static_cast<std::int32_t>(linger.value_or(Duration{}) / Duration{1s})};
  std::array<std::uint8_t, sizeof told> octets;
  std::memcpy(octets.data(), &told, sizeof told);
  return give(out, octets);
}

}  // namespace

// sock_set_timestamping(): ids count octets, from those of a connection on.
bool StreamSocket::refuses_timestamp_ids(std::span<const std::uint8_t> value) const {
  const auto flags = static_cast<std::uint32_t>(int_in(value).value_or(0));
  const bool begins = (flags & ~shared_.timestamping() & timestamping::option_id) != 0;
  const TcpState now = state();
  return begins && (now == TcpState::closed || now == TcpState::listen);
}

void StreamSocket::count_timestamp_ids(std::uint32_t before) {
  using namespace timestamping;
  if ((shared_.timestamping() & ~before & option_id) == 0) return;
  const bool from_here = (shared_.timestamping() & option_id_tcp) != 0;
  reports_.count_from(from_here ? written_ : progress().acknowledged);
}

// tcp_set_rcvlowat(): no more than half the buffer, overhead included, which grows to hold it unless it was
// set.
void StreamSocket::bound_low_water(Time now) {
  const Bytes largest = stack_->config().tcp.largest_receive_buffer;
  const bool grows = !options_.receive_memory_set && largest > 0_B;
  const std::int64_t most = (grows ? largest : receive_memory()).count / 2;
  const auto octets = static_cast<std::int32_t>(std::min<std::int64_t>(shared_.low_water(), most));
  shared_.set_low_water(std::max(octets, 1));
  const Bytes needed{2 * std::int64_t{octets}};  // tcp_space_from_win()
  if (options_.receive_memory_set || needed <= receive_memory()) return;
  options_.receive_memory = needed;
  apply(now);
}

bool StreamSocket::counts_packets() const { return stack_->config().tcp.counts_packets; }

// FreeBSD tcp_mss(): a buffer that holds a segment is made to hold whole ones when their size is agreed on;
// one that is set later is what was set.
Bytes StreamSocket::whole_segments(Bytes buffer, bool exact) const {
  const std::int64_t segment = max_segment();
  const bool agreed = stack_->config().tcp.whole_segments && state() >= TcpState::established;
  if (!agreed || exact || buffer.count <= segment) return buffer;
  return Bytes{(buffer.count + segment - 1) / segment * segment};
}

// Of a connection it may have grown.
Bytes StreamSocket::receive_memory() const {
  if (!counts_packets()) return whole_segments(options_.receive_buffer, exact_receive_buffer_);
  const Bytes grown = stack_->tcp_info(id_).receive_memory;
  return grown > 0_B ? grown : options_.receive_memory;
}

Returned StreamSocket::set_socket_option(Time now, int name, std::span<const std::uint8_t> value) {
  const auto number = int_in(value);
  if (!number) return failed(Errno::einval);
  const SocketConfig& limits = stack_->config().sockets;
  const bool forced =
      name == option::socket::send_buffer_force || name == option::socket::receive_buffer_force;
  const Bytes most_sent = forced ? largest_forced_buffer : limits.largest_send_buffer;
  const Bytes most_received = forced ? largest_forced_buffer : limits.largest_receive_buffer;
  const bool buffer = name == option::socket::send_buffer || name == option::socket::receive_buffer;
  if (buffer && !counts_packets() && *number <= 0) return failed(Errno::einval);  // FreeBSD sosetopt()
  switch (name) {
    case option::socket::reuse_address: reuse_address_ = *number != 0; return success;
    case option::socket::keep_alive: options_.keep_alive = *number != 0; break;
    case option::socket::urgent_inline: options_.urgent_inline = *number != 0; break;
    case option::socket::send_buffer:
    case option::socket::send_buffer_force:
      send_buffer_set_ = true;  // SOCK_SNDBUF_LOCK
      exact_send_buffer_ = state() >= TcpState::established;
      set_send_buffer(Bytes{counts_packets() ? doubled(*number, least_send_buffer, most_sent) : *number});
      break;
    case option::socket::receive_buffer:
    case option::socket::receive_buffer_force:
      options_.receive_memory_set = true;  // SOCK_RCVBUF_LOCK
      exact_receive_buffer_ = state() >= TcpState::established;
      if (!counts_packets()) options_.receive_buffer = Bytes{*number};
      if (!counts_packets()) break;
      options_.receive_memory = Bytes{doubled(*number, least_receive_buffer, most_received)};
      break;
    case option::socket::linger: {
      const auto linger = linger_in(value);
      if (!linger) return failed(Errno::einval);
      linger_ = linger->on != 0 ? std::optional<Duration>{from_seconds(std::max(linger->seconds, 0))}
                                : std::nullopt;
      return success;
    }
    default: return failed(Errno::enoprotoopt);
  }
  apply(now);
  return success;
}

Returned StreamSocket::get_socket_option(int name, std::span<std::uint8_t> out) {
  switch (name) {
    case option::socket::reuse_address: return give_int(out, told_bit(reuse_address_, 0x4));
    case option::socket::keep_alive: return give_int(out, told_bit(options_.keep_alive, 0x8));
    case option::socket::urgent_inline: return give_int(out, options_.urgent_inline);
    case option::socket::send_buffer:
      return give_int(out, whole_segments(send_buffer_, exact_send_buffer_).count);
    case option::socket::receive_buffer: return give_int(out, receive_memory().count);
    case option::socket::linger: return give_linger(out, linger_);
    case option::socket::type: return give_int(out, 1);  // SOCK_STREAM
    case option::socket::error: return give_int(out, static_cast<std::int32_t>(take_error()));
    case option::socket::accepting: return give_int(out, state() == TcpState::listen);
    case option::socket::protocol: return give_int(out, option::tcp_level);
    case option::socket::domain: return give_int(out, static_cast<int>(family_));
    default: return failed(Errno::enoprotoopt);
  }
}

}  // namespace ringside::net
