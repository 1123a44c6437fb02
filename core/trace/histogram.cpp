#include "ringside/trace/histogram.hpp"

#include <algorithm>
#include <bit>

namespace ringside::trace {

// Values below 2^sub_bits have a bucket each; above, the leading bit chooses a row and the next bits a bucket
// in it.
std::size_t Histogram::bucket(std::uint64_t v) {
  const auto width = static_cast<int>(std::bit_width(v));
  if (width <= sub_bits) return v;
  const int shift = width - sub_bits - 1;
  return (static_cast<std::size_t>(shift) << sub_bits) + (v >> shift);
}

std::uint64_t Histogram::upper_bound(std::size_t bucket) {
  if (bucket < (std::size_t{1} << sub_bits)) return bucket;
  const std::size_t shift = (bucket >> sub_bits) - 1;
  const std::uint64_t mantissa = bucket - (shift << sub_bits);
  return ((mantissa + 1) << shift) - 1;
}

void Histogram::add(Duration value) {
  ++counts_[bucket(static_cast<std::uint64_t>(std::max(value, Duration{0}).count()))];
  ++count_;
  sum_ += static_cast<double>(value.count());
  min_ = std::min(min_, value);
  max_ = std::max(max_, value);
}

Duration Histogram::quantile(double q) const {
  const double wanted = q * static_cast<double>(count_);
  std::uint64_t seen = 0;
  for (std::size_t i = 0; i < buckets; ++i) {
    seen += counts_[i];
    if (seen > 0 && static_cast<double>(seen) >= wanted)
      return std::min(max_, Duration{static_cast<std::int64_t>(upper_bound(i))});
  }
  return max_;
}

}  // namespace ringside::trace
