// do_ip_setsockopt() and do_ip_getsockopt().
#include "sockets/ip_options.hpp"

#include "ringside/net/socket_options.hpp"

namespace ringside::net {

Errno set_ip_option(IpSettings settings, std::uint8_t default_ttl, int name,
                    std::span<const std::uint8_t> value) {
  const auto number = int_or_octet_in(value);
  if (!number) return Errno::einval;
  switch (name) {
    case option::ip::tos: settings.type_of_service = static_cast<std::uint8_t>(*number); return Errno::none;
    case option::ip::ttl:
      if (*number != -1 && !within(*number, 1, 255)) return Errno::einval;
      settings.ttl = *number == -1 ? default_ttl : static_cast<std::uint8_t>(*number);
      return Errno::none;
    case option::ip::mtu_discover:
      if (within(*number, 4, 5)) return Errno::eopnotsupp;  // INTERFACE, OMIT: not in this stack
      if (!within(*number, 0, 3)) return Errno::einval;
      settings.path_mtu = static_cast<PathMtuDiscovery>(*number);
      return Errno::none;
    default: return Errno::enoprotoopt;
  }
}

Returned get_ip_option(const IpFacts& facts, int name, std::span<std::uint8_t> out) {
  switch (name) {
    case option::ip::tos: return give_int(out, facts.type_of_service);
    case option::ip::ttl: return give_int(out, facts.ttl);
    case option::ip::mtu_discover: return give_int(out, static_cast<int>(facts.path_mtu));
    case option::ip::mtu: return facts.mtu ? give_int(out, *facts.mtu) : failed(Errno::enotconn);
    default: return failed(Errno::enoprotoopt);
  }
}

}  // namespace ringside::net
