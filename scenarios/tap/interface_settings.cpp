// netdevice(7)
#include "interface_settings.hpp"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <fstream>
#include <sstream>
#include <thread>

#include "file_descriptor.hpp"
#include "ringside/tap/run.hpp"

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

// A line of /proc/net/ipv6_route: where to, from where, by which gateway, metric, two counts, flags, all
// hexadecimal.
bool is_local_route(const std::string& line, const net::IpAddress& address) {
  constexpr unsigned long local = 0x80000000;  // RTF_LOCAL
  const auto [a, b, c, d] = address.words();
  std::string destination, source, gateway, metric;
  unsigned long length = 0, source_length = 0, references = 0, uses = 0, flags = 0;
  std::istringstream{line} >> std::hex >> destination >> length >> source >> source_length >> gateway >>
      metric >> references >> uses >> flags;
  return destination == fmt::format("{:08x}{:08x}{:08x}{:08x}", a, b, c, d) && length == 128 &&
         (flags & local) != 0;
}

// addrconf_dad_work() is another thread's: until then the kernel asks for neighbors from the address, and
// drops what they answer. False: it has not come within two seconds.
bool wait_for_local_route(const net::IpAddress& address) {
  constexpr std::chrono::milliseconds pause{1};
  for (int tries = 0; tries < 2000; ++tries, std::this_thread::sleep_for(pause)) {
    std::ifstream routes{"/proc/thread-self/net/ipv6_route"};
    for (std::string line; std::getline(routes, line);)
      if (is_local_route(line, address)) return true;
  }
  return false;
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

// rtnetlink(7): by ioctl() an address cannot be had without the second in which another may object to it.
void set_address(const std::string& name, const net::IpAddress& ipv6, int prefix_length) {
  struct {
    nlmsghdr header{};
    ifaddrmsg message{};
    rtattr attribute{};
    std::array<std::uint32_t, 4> address{};
  } request;
  request.header.nlmsg_len = sizeof request;
  request.header.nlmsg_type = RTM_NEWADDR;
  request.header.nlmsg_flags = NLM_F_REQUEST | NLM_F_ACK | NLM_F_CREATE | NLM_F_REPLACE;
  request.message.ifa_family = AF_INET6;
  request.message.ifa_prefixlen = static_cast<std::uint8_t>(prefix_length);
  request.message.ifa_flags = IFA_F_NODAD;
  request.message.ifa_index = ::if_nametoindex(name.c_str());
  request.attribute = {.rta_len = RTA_LENGTH(sizeof request.address), .rta_type = IFA_LOCAL};
  std::ranges::transform(ipv6.words(), request.address.begin(),
                         [](std::uint32_t word) { return htonl(word); });
  struct {
    nlmsghdr header{};
    nlmsgerr outcome{};
    std::array<std::uint8_t, sizeof request> quoted{};
  } answer;
  const FileDescriptor kernel{
      checked(::socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE), "a socket of rtnetlink")};
  const bool asked = ::send(kernel.number(), &request, sizeof request, 0) >= 0 &&
                     ::recv(kernel.number(), &answer, sizeof answer, 0) >= 0;
  if (asked) errno = -answer.outcome.error;
  checked(asked && answer.outcome.error == 0 ? 0 : -1,
          fmt::format("the IPv6 address of the device {} (CAP_NET_ADMIN)", name));
  if (wait_for_local_route(ipv6)) return;
  errno = ETIMEDOUT;
  checked(-1, fmt::format("the route to the IPv6 address of the device {}", name));
}

// An IPv6 that is there and switched off takes no address either.
bool kernel_has_ipv6() {
  int off = 1;
  std::ifstream{"/proc/sys/net/ipv6/conf/default/disable_ipv6"} >> off;
  return off == 0;
}

void bring_up(const std::string& name) {
  ifreq request = request_for(name);
  ask(SIOCGIFFLAGS, request, "the flags");
  request.ifr_flags = static_cast<short>(request.ifr_flags | IFF_UP);
  ask(SIOCSIFFLAGS, request, "the flags");
}

}  // namespace ringside::tap
