// A device that handles one thing after another, with a latency that does not keep the next one waiting: a
// DMA engine over PCIe. Analytic: it answers when something will be done and needs no event of its own.
#pragma once

#include <algorithm>

#include "ringside/units/time.hpp"

namespace ringside::hw {

class Pipe {
 public:
  // When something that is ready at `ready`, occupies the device for `occupancy` and has `latency` will be
  // done.
  Time reserve(Time ready, Duration occupancy, Duration latency) {
    free_at_ = std::max(free_at_, ready) + occupancy;
    return free_at_ + latency;
  }

 private:
  Time free_at_{};
};

}  // namespace ringside::hw
