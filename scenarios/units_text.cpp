// Exact decimal numbers with units.
#include "ringside/scenarios/units_text.hpp"

#include <algorithm>
#include <charconv>
#include <initializer_list>
#include <limits>

namespace ringside::scenarios {
namespace {

struct UnitFactor {
  std::string_view name;
  std::int64_t factor;
};
using Units = std::initializer_list<UnitFactor>;

constexpr int max_digits = 18;  // every number of 18 digits fits in 63 bits

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::optional<std::int64_t> scale(const Decimal& number, std::int64_t factor) {
  WideInt value = static_cast<WideInt>(number.digits) * factor;
  for (int i = 0; i < number.places; ++i) {
    if (value % 10 != 0) return std::nullopt;  // finer than the smallest unit: refused, not rounded
    value /= 10;
  }
  for (int i = number.places; i < 0; ++i)
    if ((value *= 10) > std::numeric_limits<std::int64_t>::max()) return std::nullopt;
  if (value > std::numeric_limits<std::int64_t>::max()) return std::nullopt;
  return static_cast<std::int64_t>(value);
}

std::optional<std::int64_t> parse_with(std::string_view text, Units units) {
  const auto number = parse_decimal(text);
  if (!number) return std::nullopt;
  const auto unit =
      std::find_if(units.begin(), units.end(), [&](const UnitFactor& u) { return u.name == number->unit; });
  return unit == units.end() ? std::nullopt : scale(*number, unit->factor);
}

template <class Quantity>
std::optional<Quantity> parse_quantity(std::string_view text, Units units) {
  const auto count = parse_with(text, units);
  return count ? std::optional{Quantity{*count}} : std::nullopt;
}

// "e6" or "e-3" moves the decimal point; "e" followed by no digit belongs to a unit.
bool read_exponent(std::string_view& text, int& places) {
  if (text.size() < 2 || (text[0] != 'e' && text[0] != 'E')) return true;
  const std::size_t sign = text[1] == '+' || text[1] == '-' ? 1 : 0;
  if (text.size() <= 1 + sign || !is_digit(text[1 + sign])) return true;
  int exponent = 0;
  const auto [end, error] = std::from_chars(text.data() + 1 + sign, text.data() + text.size(), exponent);
  if (error != std::errc{} || exponent > max_digits) return false;
  places += text[1] == '-' ? exponent : -exponent;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return true;
}

}  // namespace

std::optional<Decimal> parse_decimal(std::string_view text) {
  Decimal number;
  int digits = 0;
  bool fraction = false;
  for (; !text.empty() && (is_digit(text[0]) || (text[0] == '.' && !fraction)); text.remove_prefix(1)) {
    if (text[0] == '.') {
      fraction = true;
      continue;
    }
    if (++digits > max_digits) return std::nullopt;
    number.digits = number.digits * 10 + (text[0] - '0');
    number.places += fraction ? 1 : 0;
  }
  if (digits == 0 || !read_exponent(text, number.places)) return std::nullopt;
  if (text.starts_with(' ')) text.remove_prefix(1);
  number.unit = text;
  return number;
}

std::optional<Duration> parse_duration(std::string_view text) {
  if (text == "0") return Duration{0};
  return parse_quantity<Duration>(
      text, {{"ps", 1}, {"ns", 1'000}, {"us", 1'000'000}, {"ms", 1'000'000'000}, {"s", 1'000'000'000'000}});
}

std::optional<BitRate> parse_bit_rate(std::string_view text) {
  return parse_quantity<BitRate>(text,
                                 {{"bps", 1}, {"kbps", 1'000}, {"Mbps", 1'000'000}, {"Gbps", 1'000'000'000}});
}

std::optional<Bytes> parse_bytes(std::string_view text) {
  return parse_quantity<Bytes>(text, {{"B", 1}, {"KiB", 1 << 10}, {"MiB", 1 << 20}, {"GiB", 1 << 30}});
}

std::optional<Frequency> parse_frequency(std::string_view text) {
  return parse_quantity<Frequency>(text,
                                   {{"Hz", 1}, {"kHz", 1'000}, {"MHz", 1'000'000}, {"GHz", 1'000'000'000}});
}

std::optional<std::int64_t> parse_count(std::string_view text) {
  return parse_with(text, {{"", 1}, {"k", 1'000}, {"M", 1'000'000}});
}

std::optional<double> parse_number(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool whole = error == std::errc{} && end == text.data() + text.size() && is_digit(text[0]);
  return whole && value <= std::numeric_limits<double>::max() ? std::optional{value} : std::nullopt;
}

std::optional<double> parse_probability(std::string_view text) {
  const auto value = parse_number(text);
  return value && *value <= 1 ? value : std::nullopt;
}

std::optional<double> parse_any(std::string_view text) {
  if (const auto number = parse_number(text)) return number;
  if (const auto count = parse_count(text)) return static_cast<double>(*count);
  if (const auto time = parse_duration(text)) return to_nanoseconds(*time);
  if (const auto rate = parse_bit_rate(text)) return static_cast<double>(rate->count);
  if (const auto bytes = parse_bytes(text)) return static_cast<double>(bytes->count);
  if (const auto clock = parse_frequency(text)) return static_cast<double>(clock->count);
  return std::nullopt;
}

}  // namespace ringside::scenarios
