// TCP Fast Open: tcp_sendmsg_fastopen() of net/ipv4/tcp.c, tcp_fastopen_defer_connect() of tcp_fastopen.c.
#include <algorithm>
#include <utility>

#include "ringside/net/socket_options.hpp"
#include "sockets/returned.hpp"
#include "sockets/stream_socket.hpp"

namespace ringside::net {

// What the SYN has taken; EINPROGRESS if that is nothing. A connection that is there already just sends.
Returned StreamSocket::fast_open(Time now, std::span<const std::uint8_t> octets, std::optional<Endpoint> to,
                                 MessageFlags flags) {
  if (!stack_->config().tcp.fast_open.client) return failed(Errno::eopnotsupp);
  if (deferred_) {
    to = std::exchange(deferred_, std::nullopt);
    stage_ = Stage::unconnected;
  }
  if (stage_ != Stage::unconnected) return connect(now, to.value_or(Endpoint{}));
  if (!to) return failed(Errno::einval);
  if (state() != TcpState::closed) return failed(Errno::eisconn);
  if (const Errno why = no_way_to(*to); why != Errno::none) return failed(why);
  const auto opened = stack_->tcp_fast_open(now, *to, local_, octets, &options_);
  const Returned adopted =
      adopt(opened ? Result<SocketId>{opened.value->socket} : Result<SocketId>{.error = opened.error});
  if (!has(flags, MessageFlag::dont_wait))
    stack_->note_writer(id_);  // `writebias` of __inet_stream_connect()
  return opened && opened.value->taken > 0 ? returned(opened.value->taken) : adopted;
}

Errno StreamSocket::change_fast_open(int name, std::int32_t value) {
  const TcpState now = state();
  const bool idle = now == TcpState::closed && !deferred_;
  if (name == option::tcp::fast_open) {
    if (value < 0 || (!idle && now != TcpState::listen)) return Errno::einval;
    options_.fast_open_queue = value;
    return Errno::none;
  }
  if (!within(value, 0, 1)) return Errno::einval;
  if (name == option::tcp::fast_open_connect) {
    if (!stack_->config().tcp.fast_open.client) return Errno::eopnotsupp;
    if (!idle) return Errno::einval;
    fast_open_connect_ = value != 0;
    return Errno::none;
  }
  if (!idle && now != TcpState::listen) return Errno::einval;
  options_.fast_open_without_cookie = value != 0;
  return Errno::none;
}

// One key, or two, of which the second is believed only: tcp_fastopen_reset_cipher().
Returned StreamSocket::set_fast_open_key(Time now, std::span<const std::uint8_t> value) {
  constexpr std::size_t size = std::tuple_size_v<FastOpenKey>;
  if (value.size() != size && value.size() != 2 * size) return failed(Errno::einval);
  const auto key = [](std::span<const std::uint8_t> octets) {
    FastOpenKey copied;
    std::copy_n(octets.begin(), size, copied.begin());
    return copied;
  };
  options_.fast_open_key = key(value);
  options_.fast_open_old_key = value.size() > size ? std::optional{key(value.subspan(size))} : std::nullopt;
  apply(now);
  return success;
}

Returned StreamSocket::give_fast_open_key(std::span<std::uint8_t> out) const {
  const FastOpenConfig& config = stack_->config().tcp.fast_open;
  const auto& key = options_.fast_open_key ? options_.fast_open_key : config.key;
  const auto& old = options_.fast_open_key ? options_.fast_open_old_key : config.old_key;
  if (!key) return success;
  const Returned first = give(out, *key);
  if (!old) return first;
  const Returned second = give(out.subspan(static_cast<std::size_t>(first.value)), *old);
  return {first.value + second.value};
}

}  // namespace ringside::net
