// netdevice(7)
#include "interface_settings.hpp"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <net/if.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include <cstring>

#include "file_descriptor.hpp"

namespace ringside::tap {
namespace {

ifreq request_for(const std::string& name) {
  ifreq request{};
  name.copy(request.ifr_name, IFNAMSIZ - 1);
  return request;
}

void ask(unsigned long what, ifreq& request, std::string_view wanted) {
  const FileDescriptor any{checked(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0), "a socket")};
  checked(::ioctl(any.number(), what, &request),
          fmt::format("{} of the device {} (CAP_NET_ADMIN)", wanted, request.ifr_name));
}

void put(sockaddr& field, net::Ipv4Address address) {
  sockaddr_in internet{};
  internet.sin_family = AF_INET;
  internet.sin_addr.s_addr = htonl(address.value());
  std::memcpy(&field, &internet, sizeof field);
}

net::Ipv4Address mask(int prefix_length) {
  return net::Ipv4Address{prefix_length == 0 ? 0 : ~std::uint32_t{0} << (32 - prefix_length)};
}

}  // namespace

bool interface_exists(const std::string& name) { return ::if_nametoindex(name.c_str()) != 0; }

int mtu_of(const std::string& name) {
  ifreq request = request_for(name);
  ask(SIOCGIFMTU, request, "the MTU");
  return request.ifr_mtu;
}

void set_mtu(const std::string& name, int mtu) {
  ifreq request = request_for(name);
  request.ifr_mtu = mtu;
  ask(SIOCSIFMTU, request, "the MTU");
}

void set_address(const std::string& name, net::Ipv4Address address, int prefix_length) {
  ifreq request = request_for(name);
  put(request.ifr_addr, address);
  ask(SIOCSIFADDR, request, "the address");
  put(request.ifr_netmask, mask(prefix_length));
  ask(SIOCSIFNETMASK, request, "the netmask");
}

void bring_up(const std::string& name) {
  ifreq request = request_for(name);
  ask(SIOCGIFFLAGS, request, "the flags");
  request.ifr_flags = static_cast<short>(request.ifr_flags | IFF_UP);
  ask(SIOCSIFFLAGS, request, "the flags");
}

}  // namespace ringside::tap
