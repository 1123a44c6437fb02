// Documentation/networking/tuntap.rst. Without IFF_VNET_HDR the kernel writes all checksums and segments
// itself.
#include "tap_device.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <linux/if_tun.h>
#include <net/if.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cerrno>

namespace ringside::tap {

TapDevice::TapDevice(const std::string& name)
    : device_{checked(::open("/dev/net/tun", O_RDWR | O_NONBLOCK | O_CLOEXEC), "/dev/net/tun")} {
  ifreq request{};
  request.ifr_flags = IFF_TAP | IFF_NO_PI;
  name.copy(request.ifr_name, IFNAMSIZ - 1);
  checked(::ioctl(device_.number(), TUNSETIFF, &request),
          fmt::format("the TAP device {} (CAP_NET_ADMIN)", name));
}

std::optional<std::size_t> TapDevice::read(std::span<std::uint8_t> frame) {
  const ssize_t octets = ::read(device_.number(), frame.data(), frame.size());
  if (octets < 0 && (errno == EAGAIN || errno == EINTR)) return std::nullopt;
  checked(static_cast<int>(octets), "reading from the TAP device");  // it was deleted
  return static_cast<std::size_t>(octets);
}

bool TapDevice::write(std::span<const std::uint8_t> frame) {
  return ::write(device_.number(), frame.data(), frame.size()) == static_cast<ssize_t>(frame.size());
}

}  // namespace ringside::tap
