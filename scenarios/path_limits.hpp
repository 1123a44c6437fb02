// The limits of the numbers of a route map, for its text and for --set alike.
#pragma once

#include <cstdint>

#include "ringside/path/path.hpp"
#include "ringside/scenarios/units_text.hpp"

namespace ringside::scenarios {

struct Limits {
  std::int64_t least = 0;
  std::int64_t most = 0;
};

constexpr Limits limits_of(path::Member member) {
  switch (member) {
    case path::Member::capacity: return {.least = 1, .most = 1'000'000'000};  // packets or bytes
    case path::Member::block: return {.least = 1, .most = 1'000'000'000};
    case path::Member::retire_after: return {.least = 1, .most = longest_duration.count()};
    case path::Member::budget: return {.least = 0, .most = 1'000'000};
    case path::Member::after_frames: return {.least = 0, .most = 65'536};
    case path::Member::adaptive:
    case path::Member::switched_off:
    case path::Member::need_wakeup: return {.least = 0, .most = 1};
    case path::Member::requests: return {.least = 1, .most = 32768};      // IORING_MAX_ENTRIES
    case path::Member::program: return {};                                // a word
    case path::Member::at_most: return {.least = 0, .most = 16'000'000};  // bytes
    case path::Member::moderation:
    case path::Member::after_time:
    case path::Member::at_longest:
    case path::Member::demote_after: return {.least = 0, .most = longest_duration.count()};
  }
  return {};
}

}  // namespace ringside::scenarios
