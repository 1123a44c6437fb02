// A TAP device: frames that the kernel sends there are read, frames that are written come in to the kernel.
// One that this makes is gone with it.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "file_descriptor.hpp"

namespace ringside::tap {

class TapDevice {
 public:
  explicit TapDevice(const std::string& name);

  // The octets of the next frame; nullopt: none waits. Throws Missing when the device has gone.
  std::optional<std::size_t> read(std::span<std::uint8_t> frame);
  // False: the kernel did not take it, for lack of room or because the device is down.
  bool write(std::span<const std::uint8_t> frame);
  int descriptor() const { return device_.number(); }

 private:
  FileDescriptor device_;
};

}  // namespace ringside::tap
