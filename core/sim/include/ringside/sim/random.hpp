// Seeded randomness in named streams: every source of chance (the losses of one link, the arrivals of one
// flow) draws from its own generator, so that adding one elsewhere leaves the others' draws as they were.
//
// All draws are the same bits on every compiler and machine: integers and IEEE 754 basic operations only.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "ringside/units/time.hpp"

namespace ringside::sim {

class Random {
 public:
  // Random{seed, "link a->b loss"}
  Random(std::uint64_t seed, std::string_view stream);

  std::uint64_t next();                      // 64 even bits
  std::uint64_t below(std::uint64_t bound);  // uniform in [0, bound), exactly; bound > 0
  double uniform();                          // uniform in [0, 1), a multiple of 2^-53
  bool bernoulli(double p);                  // true with probability p; p <= 0 never, p >= 1 always
  Duration exponential(Duration mean);       // rounded down to the picosecond; mean in [0, 28 hours]

 private:
  std::array<std::uint64_t, 4> state_;
};

// The natural logarithm of a positive normal number, within 2 units in the last place.
double natural_logarithm(double x);

}  // namespace ringside::sim
