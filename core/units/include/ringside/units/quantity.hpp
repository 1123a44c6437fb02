// Counts with a unit in the type: Bytes + Cycles does not compile, nor does a bare number where a unit
// belongs.
#pragma once

#include <compare>
#include <cstdint>

#include "ringside/units/time.hpp"

namespace ringside {

__extension__ using WideInt = __int128;  // for products of two 64-bit counts; both compilers have it

template <class Unit>
struct Quantity {
  std::int64_t count{};

  constexpr auto operator<=>(const Quantity&) const = default;
  constexpr Quantity& operator+=(Quantity other) { return count += other.count, *this; }
  constexpr Quantity& operator-=(Quantity other) { return count -= other.count, *this; }
  friend constexpr Quantity operator+(Quantity a, Quantity b) { return {a.count + b.count}; }
  friend constexpr Quantity operator-(Quantity a, Quantity b) { return {a.count - b.count}; }
  friend constexpr Quantity operator*(Quantity a, std::int64_t n) { return {a.count * n}; }
};

using Bytes = Quantity<struct ByteUnit>;
using Cycles = Quantity<struct CycleUnit>;
using Frequency = Quantity<struct HertzUnit>;       // cycles per second
using BitRate = Quantity<struct BitPerSecondUnit>;  // 0: infinitely fast

// How long `bytes` occupy a line of `rate`. Exact to the picosecond, rounded up; a rate of 0 takes no time.
constexpr Duration operator/(Bytes bytes, BitRate rate) {
  if (rate.count == 0) return Duration{0};
  const auto bit_picoseconds = static_cast<WideInt>(bytes.count) * 8 * 1'000'000'000'000;
  return Duration{static_cast<std::int64_t>((bit_picoseconds + rate.count - 1) / rate.count)};
}

// The one bridge from work to time. Rounded to the nearest picosecond.
constexpr Duration operator/(Cycles cycles, Frequency clock) {
  const auto scaled = static_cast<WideInt>(cycles.count) * 1'000'000'000'000;
  return Duration{static_cast<std::int64_t>((scaled + clock.count / 2) / clock.count)};
}

constexpr Bytes operator""_B(unsigned long long n) { return {static_cast<std::int64_t>(n)}; }
constexpr Bytes operator""_KiB(unsigned long long n) { return {static_cast<std::int64_t>(n) * 1024}; }
constexpr Cycles operator""_cy(unsigned long long n) { return {static_cast<std::int64_t>(n)}; }
constexpr Frequency operator""_MHz(unsigned long long n) {
  return {static_cast<std::int64_t>(n) * 1'000'000};
}
constexpr BitRate operator""_Mbps(unsigned long long n) { return {static_cast<std::int64_t>(n) * 1'000'000}; }
constexpr BitRate operator""_Gbps(unsigned long long n) {
  return {static_cast<std::int64_t>(n) * 1'000'000'000};
}

}  // namespace ringside
