#include "sockets/remembered.hpp"

#include <limits>

#include "ringside/net/socket_options.hpp"

namespace ringside::net {
namespace {

namespace socket = option::socket;
namespace tcp = option::tcp;
namespace ip = option::ip;
namespace ipv6 = option::ipv6;

// What becomes of a number that is given.
enum class Kind : std::uint8_t {
  flag,    // whether it is zero
  number,  // as it is, within the range
  octet,   // the IP level takes a single octet, too
};
struct Remembered {
  int level = 0, name = 0;
  Kind kind = Kind::flag;
  std::int32_t at_first = 0;
  std::int32_t least = std::numeric_limits<std::int32_t>::min();
  std::int32_t most = std::numeric_limits<std::int32_t>::max();
};

// sk_setsockopt() of net/core/sock.c, as a privileged process may; do_tcp_setsockopt(); do_ip_setsockopt();
// do_ipv6_setsockopt().
constexpr auto all = std::to_array<Remembered>({
    {option::socket_level, socket::debug},
    {option::socket_level, socket::reuse_port},
    {option::socket_level, socket::dont_route},
    {option::socket_level, socket::no_check},
    {option::socket_level, socket::priority, Kind::number},
    {option::socket_level, socket::mark, Kind::number},
    {option::socket_level, socket::drops},
    {option::socket_level, socket::peek_offset, Kind::number, -1},
    {option::socket_level, socket::select_error_queue},
    {option::socket_level, socket::busy_poll, Kind::number, 0, 0},
    {option::socket_level, socket::incoming_cpu, Kind::number, -1},
    {option::socket_level, socket::zero_copy, Kind::number, 0, 0, 1},
    {option::tcp_level, tcp::thin_linear_timeouts, Kind::number, 0, 0, 1},
    {option::tcp_level, tcp::save_syn, Kind::number, 0, 0, 2},
    {option::tcp_level, tcp::in_queue, Kind::number, 0, 0, 1},
    {option::ip_level, ip::receive_options, Kind::octet},
    {option::ip_level, ip::packet_info, Kind::octet},
    {option::ip_level, ip::receive_error, Kind::octet},
    {option::ip_level, ip::receive_ttl, Kind::octet},
    {option::ip_level, ip::receive_tos, Kind::octet},
    {option::ip_level, ip::free_bind, Kind::octet},
    {option::ip_level, ip::transparent, Kind::octet},
    {option::ip_level, ip::bind_without_port, Kind::octet},
    {option::ipv6_level, ipv6::receive_error},
    {option::ipv6_level, ipv6::flow_info_send},
    {option::ipv6_level, ipv6::receive_packet_info},
    {option::ipv6_level, ipv6::receive_hop_limit},
    {option::ipv6_level, ipv6::dont_fragment},
    {option::ipv6_level, ipv6::receive_traffic_class},
    {option::ipv6_level, ipv6::receive_flow_info},
    {option::ipv6_level, ipv6::minimum_hop_count, Kind::number, 0, 0, 255},
});

std::optional<std::size_t> place_of(int level, int name) {
  for (std::size_t place = 0; place < all.size(); ++place)
    if (all[place].level == level && all[place].name == name) return place;
  return std::nullopt;
}

}  // namespace

RememberedOptions::RememberedOptions() {
  static_assert(all.size() == count);
  for (std::size_t place = 0; place < count; ++place) values_[place] = all[place].at_first;
}

std::optional<Returned> RememberedOptions::set(int level, int name, std::span<const std::uint8_t> value) {
  const auto place = place_of(level, name);
  if (!place) return std::nullopt;
  const Remembered& option = all[*place];
  const auto number = option.kind == Kind::octet ? int_or_octet_in(value) : int_in(value);
  if (!number || !within(*number, option.least, option.most)) return failed(Errno::einval);
  any_set_ = true;
  values_[*place] = option.kind == Kind::number ? *number : *number != 0;
  return success;
}

std::optional<Returned> RememberedOptions::get(int level, int name, std::span<std::uint8_t> out) const {
  const auto place = place_of(level, name);
  return place ? std::optional{give_int(out, values_[*place])} : std::nullopt;
}

std::int32_t RememberedOptions::value(int level, int name) const { return values_[*place_of(level, name)]; }

}  // namespace ringside::net
