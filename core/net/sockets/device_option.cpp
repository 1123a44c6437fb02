#include "sockets/device_option.hpp"

#include <string>

namespace ringside::net {

Returned set_device(Device& device, const Stack& stack, std::span<const std::uint8_t> value) {
  std::string name(value.begin(), value.end());
  name.resize(std::min({name.size(), name.find('\0'), device_name_size - 1}));
  const Device named = name.empty() ? std::nullopt : stack.device_named(name);
  if (!name.empty() && !named) return failed(Errno::enodev);
  device = named;
  return success;
}

// With the octet that ends it; to who has room for the longest.
Returned give_device(const Device& device, const Stack& stack, std::span<std::uint8_t> out) {
  if (!device) return success;
  if (out.size() < device_name_size) return failed(Errno::einval);
  const std::string name = stack.name_of(*device);
  std::vector<std::uint8_t> octets(name.begin(), name.end());
  octets.push_back(0);
  return give(out, octets);
}

}  // namespace ringside::net
