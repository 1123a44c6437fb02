// A histogram of durations with bounded relative error, after HdrHistogram: 128 buckets for each power of
// two, so a quantile is at most 0.8 % above the true value. Minimum, maximum and mean are exact.
#pragma once

#include <array>
#include <cstdint>

#include "ringside/units/time.hpp"

namespace ringside::trace {

class Histogram {
 public:
  void add(Duration value);

  std::uint64_t count() const { return count_; }
  Duration min() const { return count_ ? min_ : Duration{0}; }
  Duration max() const { return max_; }
  double mean_picoseconds() const { return count_ ? sum_ / static_cast<double>(count_) : 0; }
  // The smallest bucket bound that at least the part `q` of all values does not exceed; 0 <= q <= 1.
  Duration quantile(double q) const;

 private:
  static constexpr int sub_bits = 7;
  static constexpr std::size_t buckets = (64 - sub_bits) << sub_bits;
  static std::size_t bucket(std::uint64_t picoseconds);
  static std::uint64_t upper_bound(std::size_t bucket);

  std::array<std::uint64_t, buckets> counts_{};
  std::uint64_t count_ = 0;
  double sum_ = 0;
  Duration min_ = Duration::max();
  Duration max_{};
};

}  // namespace ringside::trace
