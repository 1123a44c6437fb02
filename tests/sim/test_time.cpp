// Time from text.
#include <limits>

#include "catch.hpp"
#include "ringside/units/time.hpp"

namespace ringside {

TEST_CASE("seconds that do not fit are as long as a duration can be") {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  CHECK(from_seconds(1e7) == Duration::max());
  CHECK(from_seconds(-1e7) == -Duration::max());
  CHECK(from_seconds(infinity) == Duration::max());
  CHECK(from_seconds(-infinity) == -Duration::max());
  CHECK(from_seconds(std::numeric_limits<double>::quiet_NaN()) == Duration::max());
  CHECK(from_seconds(9e6) == Duration{9'000'000'000'000'000'000});
  CHECK(from_seconds(9223372.03) < Duration::max());
}

}  // namespace ringside
