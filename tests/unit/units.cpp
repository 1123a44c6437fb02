// Units: what converts, and how it rounds.
#include "catch.hpp"
#include "ringside/units/quantity.hpp"

using namespace ringside;
using namespace std::chrono_literals;

TEST_CASE("a frame occupies a line for its bits, rounded up to the picosecond") {
  CHECK(84_B / 10_Mbps == 67'200ns);
  CHECK(1538_B / 1_Gbps == 12'304ns);
  CHECK(64_B / 100_Gbps == 5'120 * Duration{1});
  CHECK(1_B / BitRate{3'000'000'000'000} == Duration{3});  // 8/3 ps
  CHECK(1500_B / BitRate{0} == Duration{0});               // infinitely fast
}

TEST_CASE("cycles become time through the clock, rounded to the nearest picosecond") {
  CHECK(150_cy / 150_MHz == 1us);
  CHECK(1_cy / 3600_MHz == Duration{278});                // 277.8 ps
  CHECK(Cycles{9'000'000'000'000} / 3600_MHz == 2'500s);  // the product needs more than 64 bits
}

TEST_CASE("seconds from text round to the nearest picosecond, in both directions") {
  CHECK(from_seconds(1e-9) == 1ns);
  CHECK(from_seconds(-2.5e-12) == Duration{-3});
  CHECK(to_seconds(250ms) == 0.25);
}

TEST_CASE("quantities of one unit add and compare") {
  CHECK(1_KiB + 24_B == 1048_B);
  CHECK(2_KiB - 1_KiB == 1_KiB);
  CHECK(3_B * 4 == 12_B);
  CHECK(1_B < 2_B);
}
