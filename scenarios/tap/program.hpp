// A program on the host whose stack this is. It never waits: run() is called whenever something may have
// changed, and goes as far as it can.
#pragma once

#include "ringside/units/time.hpp"

namespace ringside::tap {

class Program {
 public:
  virtual ~Program() = default;
  virtual void run(Time now) = 0;
};

}  // namespace ringside::tap
