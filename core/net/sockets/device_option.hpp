// SO_BINDTODEVICE: sock_setbindtodevice(), sock_getbindtodevice() of net/core/sock.c.
#pragma once

#include "sockets/returned.hpp"

namespace ringside::net {

inline constexpr std::size_t device_name_size = 16;  // IFNAMSIZ

// By its name, of which what goes beyond that size is cut off; an empty one: to none any more.
Returned set_device(Device& device, const Stack& stack, std::span<const std::uint8_t> value);
Returned give_device(const Device& device, const Stack& stack, std::span<std::uint8_t> out);

}  // namespace ringside::net
