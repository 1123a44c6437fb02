// What the process that a script stands for may do: capabilities(7). It begins as root's; cap_set() gives and
// takes.
#pragma once

#include <cstdint>
#include <span>

#include "ringside/net/errno.hpp"

namespace ringside::packetdrill {

class Capabilities {
 public:
  // Bits of include/uapi/linux/capability.h.
  static constexpr std::int64_t net_bind_service = 10, net_admin = 12, net_raw = 13, last = 40;

  // EINVAL: there is no such capability.
  net::Errno set(std::int64_t capability, bool granted);
  bool has(std::int64_t capability) const { return (bits_ >> capability & 1) != 0; }

  // none: the process may.
  net::Errno refuses_option(int level, int name, std::span<const std::uint8_t> value) const;
  net::Errno refuses_port(std::uint16_t port) const;

 private:
  std::uint64_t bits_ = ~std::uint64_t{0};
};

}  // namespace ringside::packetdrill
