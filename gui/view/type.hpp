// How large type is, in pixels. What stands beside a name is smaller than it, but not so small that it could
// not be read: rather there is less of it.
#pragma once

#include <algorithm>

namespace ringside::view {

inline constexpr double readable = 9;

// Of the size of type of names.
inline constexpr double small_type = 0.82;
inline constexpr double smallest_type = small_type * 0.9;

constexpr double lesser_type(double names, double part = small_type) {
  return std::max(names * part, std::min(names, readable));
}

}  // namespace ringside::view
