// Arithmetic of 64 bits that says so when the result has more.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>

#include "ringside/units/quantity.hpp"

namespace ringside::packetdrill {

using Checked = std::optional<std::int64_t>;  // nullopt: it does not fit

inline Checked fitting(WideInt wide) {
  const bool fits =
      wide >= std::numeric_limits<std::int64_t>::min() && wide <= std::numeric_limits<std::int64_t>::max();
  return fits ? Checked{static_cast<std::int64_t>(wide)} : std::nullopt;
}

inline Checked added(std::int64_t a, std::int64_t b) { return fitting(WideInt{a} + b); }
inline Checked subtracted(std::int64_t a, std::int64_t b) { return fitting(WideInt{a} - b); }
inline Checked multiplied(std::int64_t a, std::int64_t b) { return fitting(WideInt{a} * b); }

// `by` is not negative.
inline Checked shifted_left(std::int64_t a, std::int64_t by) {
  if (a == 0) return 0;
  return by > 63 ? std::nullopt : fitting(WideInt{a} << by);
}
inline std::int64_t shifted_right(std::int64_t a, std::int64_t by) { return a >> (by > 63 ? 63 : by); }

// As C divides, towards zero; `b` is not 0.
inline Checked divided(std::int64_t a, std::int64_t b) { return fitting(WideInt{a} / b); }
inline std::int64_t remainder(std::int64_t a, std::int64_t b) {
  return static_cast<std::int64_t>(WideInt{a} % b);
}

// As Python divides, towards minus infinity: -7 // 2 is -4, and -7 % 2 is 1.
inline std::int64_t modulo(std::int64_t a, std::int64_t b) {
  const std::int64_t rest = remainder(a, b);
  return rest != 0 && (rest < 0) != (b < 0) ? rest + b : rest;
}
inline Checked floor_divided(std::int64_t a, std::int64_t b) {
  return fitting((WideInt{a} - modulo(a, b)) / b);
}

}  // namespace ringside::packetdrill
