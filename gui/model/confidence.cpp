#include "model/confidence.hpp"

#include <array>
#include <cmath>
#include <numeric>

namespace ringside::model {

namespace {

// The 97.5 % quantile of Student's t, by degrees of freedom.
constexpr std::array quantiles{12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228,
                               2.201,  2.179, 2.160, 2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086,
                               2.080,  2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042};

double quantile(std::size_t degrees) {
  return degrees <= quantiles.size() ? quantiles[degrees - 1] : 1.960 + 2.4 / static_cast<double>(degrees);
}

}  // namespace

Confidence confidence_of(std::span<const double> values) {
  if (values.empty()) return {};
  const auto count = static_cast<double>(values.size());
  const double mean = std::accumulate(values.begin(), values.end(), 0.0) / count;
  if (values.size() == 1) return {mean, mean, mean};
  double squares = 0;
  for (const double value : values) squares += (value - mean) * (value - mean);
  const double off = quantile(values.size() - 1) * std::sqrt(squares / (count - 1) / count);
  return {mean, mean - off, mean + off};
}

}  // namespace ringside::model
