#include "code_fraction.hpp"

#include <fmt/format.h>

#include <cmath>
#include <cstdlib>

namespace ringside::packetdrill {
namespace {

constexpr double beyond_integers = 9223372036854775808.0;  // 2^63
constexpr std::int64_t most_digits = 323;                  // the smallest double has no digit behind that

void not_zero(double divisor) {
  if (divisor == 0) refuse("division by zero");
}

// The rest has the sign of the divisor: -7.5 % 2 is 0.5.
double modulo(double a, double b) {
  const double rest = std::fmod(a, b);
  if (rest == 0) return std::copysign(0.0, b);
  return (rest < 0) != (b < 0) ? rest + b : rest;
}

// float_divmod(): what is left over is taken away first, so that the quotient is whole but for rounding.
double floor_divided(double a, double b) {
  const double quotient = (a - modulo(a, b)) / b;
  return quotient == 0 ? std::copysign(0.0, a / b) : std::round(quotient);
}

std::int64_t integer(double whole) {
  if (!std::isfinite(whole)) refuse(fmt::format("the integer of {}", repr(whole)));
  if (whole >= beyond_integers || whole < -beyond_integers)
    refuse_unsupported("integers of more than 64 bits");
  return static_cast<std::int64_t>(whole);
}

}  // namespace

std::optional<double> fraction_literal(std::string_view text) {
  const auto digits = [&] {
    const std::size_t count = std::min(text.find_first_not_of("0123456789"), text.size());
    text.remove_prefix(count);
    return count;
  };
  const std::string whole{text};
  std::size_t significant = digits();
  if (text.starts_with('.')) text.remove_prefix(1), significant += digits();
  if (significant == 0) return std::nullopt;
  if (text.starts_with('e') || text.starts_with('E')) {
    text.remove_prefix(1);
    if (text.starts_with('+') || text.starts_with('-')) text.remove_prefix(1);
    if (digits() == 0) return std::nullopt;
  }
  return text.empty() ? std::optional{std::strtod(whole.c_str(), nullptr)} : std::nullopt;
}

double combined(Operator op, double left, double right) {
  switch (op) {
    case Operator::add: return left + right;
    case Operator::subtract: return left - right;
    case Operator::multiply: return left * right;
    case Operator::divide: return not_zero(right), left / right;
    case Operator::floor_divide: return not_zero(right), floor_divided(left, right);
    case Operator::modulo: return not_zero(right), modulo(left, right);
    case Operator::bit_or:
    case Operator::bit_xor:
    case Operator::bit_and:
    case Operator::shift_left:
    case Operator::shift_right: break;
  }
  refuse("the bits of a number with a fraction");
}

std::partial_ordering order(std::int64_t integer, double fraction) {
  if (std::isnan(fraction)) return std::partial_ordering::unordered;
  if (fraction >= beyond_integers) return std::partial_ordering::less;
  if (fraction < -beyond_integers) return std::partial_ordering::greater;
  const double whole = std::trunc(fraction);
  if (const auto order = integer <=> static_cast<std::int64_t>(whole); order != 0) return order;
  return 0.0 <=> fraction - whole;
}

std::int64_t truncated(double number) { return integer(std::trunc(number)); }
std::int64_t rounded(double number) { return integer(std::nearbyint(number)); }

double rounded(double number, std::int64_t digits) {
  if (digits < 0) refuse_unsupported("round() to tens");
  if (digits > most_digits || !std::isfinite(number)) return number;
  return std::strtod(fmt::format("{:.{}f}", number, digits).c_str(), nullptr);
}

std::string repr(double number) {
  std::string text = fmt::format("{}", number);
  const bool looks_like_an_integer = text.find_first_not_of("-0123456789") == text.npos;
  return looks_like_an_integer ? text + ".0" : text;
}

}  // namespace ringside::packetdrill
