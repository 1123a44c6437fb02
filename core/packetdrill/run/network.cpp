#include <charconv>

#include "run/failure.hpp"
#include "run/testbed.hpp"

namespace ringside::packetdrill {

namespace {

Network usual(IpVersion version) {
  using net::IpAddress, net::Ipv4Address, net::Family;
  if (version != IpVersion::ipv6)
    return {.local = Ipv4Address{192, 168, 0, 1},
            .gateway = Ipv4Address{192, 168, 0, 2},
            .remote = Ipv4Address{192, 0, 2, 1},
            .prefix_length = 16,
            .mtu = 1500,
            .sockets = version == IpVersion::ipv4 ? Family::ipv4 : Family::ipv6};
  return {.local = IpAddress::ipv6({0xfd3d, 0x0a0b, 0x17d6, 0, 0, 0, 0, 1}),
          .gateway = IpAddress::ipv6({0xfd3d, 0x0a0b, 0x17d6, 0, 0, 0, 0, 2}),
          .remote = IpAddress::ipv6({0xfd3d, 0xfa7b, 0xd17d, 0, 0, 0, 0, 1}),
          .prefix_length = 48,
          .mtu = 1520,
          .sockets = Family::ipv6};
}

// With or without /prefix.
void set(net::IpAddress& address, int* prefix_length, const std::optional<std::string>& told) {
  if (!told) return;
  const std::string_view text{*told};
  const std::size_t slash = text.find('/');
  const auto parsed = net::IpAddress::parse(text.substr(0, slash));
  const bool ipv4 = address.is_ipv4();
  if (!parsed || parsed->is_ipv4() != ipv4)
    fail((ipv4 ? "expected an IPv4 address, found " : "expected an IPv6 address, found ") + *told);
  address = *parsed;
  if (slash == text.npos) return;
  const std::string_view digits = text.substr(slash + 1);
  int length = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), length);
  if (error != std::errc{} || end != digits.data() + digits.size() || length < 0 ||
      length > (ipv4 ? 32 : 128))
    fail("expected the length of a prefix, found " + *told);
  if (prefix_length) *prefix_length = length;
}

}  // namespace

Network network_of(const Options& options) {
  Network network = usual(options.ip_version);
  set(network.local, &network.prefix_length, options.local_ip);
  set(network.gateway, nullptr, options.gateway_ip);
  set(network.remote, nullptr, options.remote_ip);
  network.mtu = options.mtu.value_or(static_cast<std::uint16_t>(network.mtu));
  return network;
}

}  // namespace ringside::packetdrill
