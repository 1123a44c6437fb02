// Randomness: the same bits everywhere (golden numbers), and the right shape (moments).
#include <bit>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <vector>

#include "catch.hpp"
#include "ringside/sim/random.hpp"

using namespace ringside;
using namespace std::chrono_literals;
using sim::Random;

namespace {

struct Moments {
  double mean;
  double variance;
};

template <class Draw>
Moments moments(int draws, Draw draw) {
  double sum = 0;
  double squares = 0;
  for (int i = 0; i < draws; ++i) {
    const double x = draw();
    sum += x;
    squares += x * x;
  }
  const double mean = sum / draws;
  return {mean, squares / draws - mean * mean};
}

}  // namespace

TEST_CASE("golden draws: a change here changes every result that was ever published") {
  Random bits{1, "link a->b loss"};
  CHECK(bits.next() == 0x7365614313c74341);
  CHECK(bits.next() == 0xf62e2f5e78d4bf01);
  Random dice{1, "dice"};
  const std::vector<std::uint64_t> rolled{dice.below(6), dice.below(6), dice.below(6), dice.below(6),
                                          dice.below(6)};
  CHECK(rolled == std::vector<std::uint64_t>{2, 4, 2, 2, 0});
  CHECK(std::bit_cast<std::uint64_t>(Random{7, "unit"}.uniform()) == 0x3fef53031d966060);
  Random arrivals{7, "arrivals"};
  CHECK(arrivals.exponential(1us) == Duration{662'354});
  CHECK(arrivals.exponential(1us) == Duration{2'847'423});
  CHECK(arrivals.exponential(1h) == Duration{3'850'234'661'176'106});
}

TEST_CASE("streams differ by name and by seed, and repeat") {
  const std::uint64_t first = Random{1, "a"}.next();
  CHECK(Random{1, "a"}.next() == first);
  CHECK(Random{1, "b"}.next() != first);
  CHECK(Random{2, "a"}.next() != first);
  CHECK(Random{1, ""}.next() != first);
  CHECK(Random{0, ""}.next() != 0);
}

TEST_CASE("uniform draws fill [0, 1)") {
  Random random{1, "uniform"};
  const auto [mean, variance] = moments(1'000'000, [&] {
    const double u = random.uniform();
    REQUIRE((u >= 0 && u < 1));
    return u;
  });
  CHECK(mean == Approx(0.5).margin(0.002));
  CHECK(variance == Approx(1.0 / 12).margin(0.001));
}

TEST_CASE("integers below a bound are equally likely, however large the bound") {
  Random random{1, "below"};
  std::vector<int> seen(7);
  for (int i = 0; i < 700'000; ++i) ++seen[random.below(7)];
  for (const int count : seen) CHECK(count == Approx(100'000).margin(1500));  // five standard deviations

  // With 3 * 2^62, a draw reduced modulo the bound would fall into the lowest third half of the time.
  constexpr std::uint64_t third = std::uint64_t{1} << 62;
  int low = 0;
  for (int i = 0; i < 300'000; ++i) low += random.below(3 * third) < third;
  CHECK(low == Approx(100'000).margin(1500));
  CHECK(random.below(1) == 0);
}

TEST_CASE("bernoulli holds its probability; 0 is never and 1 always") {
  Random random{1, "loss"};
  int lost = 0;
  for (int i = 0; i < 1'000'000; ++i) {
    lost += random.bernoulli(0.01);
    REQUIRE_FALSE(random.bernoulli(0));
    REQUIRE(random.bernoulli(1));
  }
  CHECK(lost == Approx(10'000).margin(500));
}

TEST_CASE("exponential draws have their mean, and a standard deviation as large") {
  Random random{1, "arrivals"};
  const auto [mean, variance] =
      moments(1'000'000, [&] { return static_cast<double>(random.exponential(1us).count()); });
  CHECK(mean == Approx(1e6).epsilon(0.005));
  CHECK(variance == Approx(1e12).epsilon(0.015));
  CHECK(random.exponential(Duration{0}) == Duration{0});
}

TEST_CASE("the logarithm agrees with the library's, and is exact at one") {
  CHECK(sim::natural_logarithm(1.0) == 0.0);
  Random random{1, "logarithm"};
  double worst = 0;
  for (int i = 0; i < 1'000'000; ++i) {
    const double x = std::ldexp(1.0 + random.uniform(), static_cast<int>(random.below(2000)) - 1000);
    const double exact = std::log(x);
    if (exact != 0) worst = std::max(worst, std::abs(sim::natural_logarithm(x) - exact) / std::abs(exact));
  }
  CHECK(worst < 4.4e-16);
  CHECK(sim::natural_logarithm(0x1p-53) == std::log(0x1p-53));
}
