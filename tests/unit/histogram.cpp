// The histogram: exact ends and mean, quantiles within 0.8 %.
#include "ringside/trace/histogram.hpp"

#include "catch.hpp"

using namespace ringside;
using namespace std::chrono_literals;

TEST_CASE("an empty histogram is all zero") {
  const trace::Histogram h;
  CHECK(h.count() == 0);
  CHECK(h.min() == Duration{0});
  CHECK(h.quantile(0.5) == Duration{0});
}

TEST_CASE("ends and mean are exact") {
  trace::Histogram h;
  for (const auto value : {3us, 1us, 8us}) h.add(value);
  CHECK(h.min() == 1us);
  CHECK(h.max() == 8us);
  CHECK(h.mean_picoseconds() == Approx(4e6));
}

TEST_CASE("quantiles are never below the truth, and at most 0.8 % above it") {
  trace::Histogram h;
  constexpr int n = 100'000;
  for (int i = 1; i <= n; ++i) h.add(Duration{std::int64_t{i} * 1237});
  for (const double q : {0.001, 0.1, 0.5, 0.9, 0.99, 0.999, 1.0}) {
    const double truth = q * n * 1237;
    CAPTURE(q);
    CHECK(double(h.quantile(q).count()) >= truth);
    CHECK(double(h.quantile(q).count()) <= truth * 1.008 + 1237);
  }
}

TEST_CASE("small values have a bucket each, the largest fit") {
  trace::Histogram h;
  for (int i = 0; i < 128; ++i) h.add(Duration{i});
  CHECK(h.quantile(0.5) == Duration{63});
  h.add(Duration::max());
  CHECK(h.quantile(1) == Duration::max());
}
