// The values of a sweep, counted exactly in decimals, and the runs that they make.
#include <fmt/format.h>

#include <algorithm>

#include "ringside/scenarios/load.hpp"
#include "ringside/scenarios/units_text.hpp"

namespace ringside::scenarios {
namespace {

constexpr std::size_t max_values_of_sweep = 1000;
constexpr std::int64_t max_digits_value = 1'000'000'000'000'000'000;

// Moves the decimal point without changing the number. nullopt: more digits than a Decimal holds.
std::optional<Decimal> with_places(Decimal number, int places) {
  for (; number.places < places; ++number.places) {
    if (number.digits >= max_digits_value / 10) return std::nullopt;
    number.digits *= 10;
  }
  return number;
}

std::string to_text(const Decimal& number) {
  std::string text = fmt::format("{:0{}}", number.digits, number.places + 1);
  if (number.places > 0) {
    text.insert(text.size() - static_cast<std::size_t>(number.places), ".");
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.') text.pop_back();
  }
  return text.append(number.unit);
}

std::optional<std::vector<std::string>> range(std::string_view from, std::string_view to,
                                              std::string_view step) {
  auto first = parse_decimal(from), last = parse_decimal(to), by = parse_decimal(step);
  if (!first || !last || !by || first->unit != last->unit || first->unit != by->unit) return std::nullopt;
  const int places = std::max({first->places, last->places, by->places, 0});
  first = with_places(*first, places);
  last = with_places(*last, places);
  by = with_places(*by, places);
  if (!first || !last || !by || by->digits == 0 || first->digits > last->digits) return std::nullopt;
  if ((last->digits - first->digits) / by->digits >= static_cast<std::int64_t>(max_values_of_sweep))
    return std::nullopt;
  std::vector<std::string> values;
  for (Decimal value = *first; value.digits <= last->digits; value.digits += by->digits)
    values.push_back(to_text(value));
  return values;
}

}  // namespace

std::optional<std::vector<std::string>> varied_values(std::string_view text) {
  const std::size_t dots = text.find("..");
  const std::size_t slash = text.find('/', dots);
  if (dots != std::string_view::npos && slash == std::string_view::npos) return std::nullopt;
  if (dots != std::string_view::npos)
    return range(text.substr(0, dots), text.substr(dots + 2, slash - dots - 2), text.substr(slash + 1));
  std::vector<std::string> values;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find(',', begin), text.size());
    if (end == begin || values.size() == max_values_of_sweep) return std::nullopt;
    values.emplace_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return values;
}

std::optional<Vary> varied(std::string_view text) {
  const std::size_t equals = text.find('=');
  if (equals == std::string_view::npos || equals == 0) return std::nullopt;
  auto values = varied_values(text.substr(equals + 1));
  if (!values) return std::nullopt;
  return Vary{std::string{text.substr(0, equals)}, *std::move(values)};
}

std::vector<Overrides> points(const Scenario& scenario, const Overrides& overrides) {
  if (!scenario.vary) return {overrides};
  std::vector<Overrides> all;
  for (const std::string& value : scenario.vary->values) {
    all.push_back(overrides);
    all.back().set.emplace_back(scenario.vary->key, value);
  }
  return all;
}

}  // namespace ringside::scenarios
