#include "view/scale.hpp"

#include <algorithm>
#include <cmath>
#include <initializer_list>

namespace ringside::view {

namespace {

constexpr double orders_of_magnitude = 200;  // from which on equal steps would hide what is small

// The least of 1, 2, 5 of a power of ten that is not below it.
double rounded_up(double figure) {
  const double power = std::pow(10, std::floor(std::log10(figure)));
  for (const double digit : {1.0, 2.0, 5.0})
    if (power * digit >= figure * (1 - 1e-9)) return power * digit;
  return power * 10;
}

double rounded_down(double figure) {
  const double power = std::pow(10, std::floor(std::log10(figure)));
  for (const double digit : {5.0, 2.0})
    if (power * digit <= figure * (1 + 1e-9)) return power * digit;
  return power;
}

// 1, 2 and 5 of every decade, or 1 alone, of every second one, of every third ...
std::vector<double> decades(const Scale& scale, int most) {
  const int first = static_cast<int>(std::floor(std::log10(scale.low) + 1e-9));
  const auto of_every = [&](int stride, std::initializer_list<double> digits) {
    std::vector<double> all;
    for (int power = first; std::pow(10, power) <= scale.high * (1 + 1e-9); power += stride)
      for (const double digit : digits)
        if (const double tick = digit * std::pow(10, power);
            tick >= scale.low * (1 - 1e-9) && tick <= scale.high * (1 + 1e-9))
          all.push_back(tick);
    return all;
  };
  std::vector<double> all = of_every(1, {1, 2, 5});
  for (int stride = 1; all.size() > static_cast<std::size_t>(most); ++stride) all = of_every(stride, {1});
  return all;
}

}  // namespace

double Scale::at(double figure) const {
  const double part =
      decades ? std::log(std::max(figure, low) / low) / std::log(high / low) : (figure - low) / (high - low);
  return from + (to - from) * part;
}

Scale scale_of(double least, double most) {
  if (least > 0 && most / least > orders_of_magnitude)
    return {.low = rounded_down(least), .high = rounded_up(most), .decades = true};
  const double span = std::max(most, 0.0) - std::min(least, 0.0);
  if (span <= 0) return {};
  const double step = rounded_up(span / 5);
  return {.low = std::min(0.0, step * std::floor(least / step)),
          .high = std::max(0.0, step * std::ceil(most / step - 1e-9))};
}

std::vector<double> ticks(const Scale& scale, int most) {
  if (scale.decades) return decades(scale, most);
  const double span = scale.high - scale.low;
  double step = rounded_up(span / 5);
  while (span / step > most + 1e-9) step = rounded_up(step * 1.5);
  std::vector<double> all;
  for (double tick = step * std::ceil(scale.low / step - 1e-9); tick <= scale.high + step * 1e-9;
       tick += step)
    all.push_back(std::abs(tick) < step * 1e-9 ? 0 : tick);
  return all;
}

}  // namespace ringside::view
