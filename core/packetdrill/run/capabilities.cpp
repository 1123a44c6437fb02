#include "run/capabilities.hpp"

#include <algorithm>
#include <string_view>

#include "ringside/net/socket_options.hpp"

namespace ringside::packetdrill {

using net::Errno;

namespace {

namespace option = net::option;

std::int64_t number_in(std::span<const std::uint8_t> value) {
  std::uint32_t number = 0;
  for (std::size_t i = 0; i < std::min<std::size_t>(value.size(), 4); ++i)
    number |= std::uint32_t{value[i]} << 8 * i;
  return static_cast<std::int32_t>(number);
}

// tcp_set_congestion_control(): what net.ipv4.tcp_allowed_congestion_control has from the beginning.
bool is_for_all(std::span<const std::uint8_t> algorithm) {
  const std::string_view name{reinterpret_cast<const char*>(algorithm.data()), algorithm.size()};
  const std::string_view text = name.substr(0, name.find('\0'));
  return text == "reno" || text == "cubic";
}

}  // namespace

Errno Capabilities::set(std::int64_t capability, bool granted) {
  if (capability < 0 || capability > last) return Errno::einval;
  const std::uint64_t bit = std::uint64_t{1} << capability;
  bits_ = granted ? bits_ | bit : bits_ & ~bit;
  return Errno::none;
}

// sk_setsockopt(), do_ip_setsockopt(), do_tcp_setsockopt().
Errno Capabilities::refuses_option(int level, int name, std::span<const std::uint8_t> value) const {
  const auto unless = [](bool may, Errno error) { return may ? Errno::none : error; };
  const bool administers = has(net_admin), either = administers || has(net_raw);
  if (level == option::tcp_level && name == option::tcp::congestion)
    return unless(administers || is_for_all(value), Errno::eperm);
  if (value.size() < 4) return Errno::none;  // which is wrong for another reason
  const std::int64_t number = number_in(value);
  if (level == option::ip_level && name == option::ip::transparent)
    return unless(either || number == 0, Errno::eperm);
  if (level != option::socket_level) return Errno::none;
  switch (name) {
    case option::socket::debug: return unless(administers || number == 0, Errno::eacces);
    case option::socket::priority: return unless(either || (number >= 0 && number <= 6), Errno::eperm);
    case option::socket::mark: return unless(either, Errno::eperm);
    case option::socket::send_buffer_force:
    case option::socket::receive_buffer_force: return unless(administers, Errno::eperm);
    default: return Errno::none;
  }
}

// inet_port_requires_bind_service()
Errno Capabilities::refuses_port(std::uint16_t port) const {
  constexpr std::uint16_t first_for_all = 1024;  // net.ipv4.ip_unprivileged_port_start
  const bool may = port == 0 || port >= first_for_all || has(net_bind_service);
  return may ? Errno::none : Errno::eacces;
}

}  // namespace ringside::packetdrill
