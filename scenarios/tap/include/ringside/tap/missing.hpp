// What the machine lacks for a TAP device: a privilege, a feature of the kernel, a device.
#pragma once

#include <stdexcept>

namespace ringside::tap {

struct Missing : std::runtime_error {
  using std::runtime_error::runtime_error;
};

}  // namespace ringside::tap
