#include "code_value.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "checked.hpp"
#include "code_fraction.hpp"

namespace ringside::packetdrill {
namespace {

using Items = std::vector<Scalar>;

std::string_view kind(const Value& value) {
  constexpr std::array<std::string_view, 5> names{"a boolean", "an integer", "a number with a fraction",
                                                  "a string", "a tuple"};
  return names.at(value.index());
}

// True is 1.
std::optional<std::int64_t> integer(const Value& value) {
  if (const auto* truth = std::get_if<bool>(&value)) return *truth ? 1 : 0;
  if (const auto* number = std::get_if<std::int64_t>(&value)) return *number;
  return std::nullopt;
}

std::optional<double> fraction(const Value& value) {
  if (const auto* number = std::get_if<double>(&value)) return *number;
  if (const auto number = integer(value)) return static_cast<double>(*number);
  return std::nullopt;
}

std::string_view symbol(Operator op) {
  constexpr std::array<std::string_view, 11> symbols{"|", "^", "&", "<<", ">>", "+",
                                                     "-", "*", "/", "//", "%"};
  return symbols.at(static_cast<std::size_t>(op));
}

std::int64_t fits(Checked result) {
  if (!result) refuse_unsupported("integers of more than 64 bits");
  return *result;
}

std::int64_t not_zero(std::int64_t divisor) {
  if (divisor == 0) refuse("division by zero");
  return divisor;
}

std::int64_t not_negative(std::int64_t count) {
  if (count < 0) refuse("a negative shift count");
  return count;
}

Value combined_integers(Operator op, std::int64_t a, std::int64_t b) {
  switch (op) {
    case Operator::bit_or: return a | b;
    case Operator::bit_xor: return a ^ b;
    case Operator::bit_and: return a & b;
    case Operator::shift_left: return fits(shifted_left(a, not_negative(b)));
    case Operator::shift_right: return shifted_right(a, not_negative(b));
    case Operator::add: return fits(added(a, b));
    case Operator::subtract: return fits(subtracted(a, b));
    case Operator::multiply: return fits(multiplied(a, b));
    case Operator::divide: return combined(op, static_cast<double>(a), static_cast<double>(b));
    case Operator::floor_divide: return fits(floor_divided(a, not_zero(b)));
    case Operator::modulo: return modulo(a, not_zero(b));
  }
  return std::int64_t{0};
}

std::string concatenated(const std::string& left, const std::string& right) {
  if (left.size() + right.size() > max_string)
    refuse_unsupported(fmt::format("strings of more than {} bytes", max_string));
  return left + right;
}

bool agrees(Relation relation, std::partial_ordering order) {
  switch (relation) {
    case Relation::equal: return order == 0;
    case Relation::not_equal: return order != 0;
    case Relation::less: return order < 0;
    case Relation::less_equal: return order <= 0;
    case Relation::greater: return order > 0;
    case Relation::greater_equal: return order >= 0;
    case Relation::in:
    case Relation::not_in: break;  // of what has parts
  }
  return false;
}

// nullopt: one of them is no number.
std::optional<std::partial_ordering> order_of_numbers(const Value& left, const Value& right) {
  const auto a = integer(left), b = integer(right);
  if (a && b) return *a <=> *b;
  const auto x = fraction(left), y = fraction(right);
  if (!x || !y) return std::nullopt;
  if (a) return order(*a, *y);
  if (b) return 0 <=> order(*b, *x);
  return *x <=> *y;
}

Value widened(const Scalar& scalar) {
  return std::visit([](const auto& held) { return Value{held}; }, scalar);
}

bool equal(const Items& a, const Items& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const Scalar& x, const Scalar& y) {
    return holds(Relation::equal, widened(x), widened(y));
  });
}

// A value among others, or a text in another.
bool is_in(const Value& part, const Value& whole) {
  const auto *text = std::get_if<std::string>(&whole), *piece = std::get_if<std::string>(&part);
  if (text != nullptr && piece != nullptr) return text->find(*piece) != std::string::npos;
  const auto* items = std::get_if<Items>(&whole);
  if (items == nullptr) refuse(fmt::format("{} in {}", kind(part), kind(whole)));
  return std::any_of(items->begin(), items->end(),
                     [&](const Scalar& item) { return holds(Relation::equal, part, widened(item)); });
}

// Of several values, or of those of a tuple.
Value extreme(Relation better, std::vector<Value> arguments) {
  if (arguments.size() == 1) {
    const auto* items = std::get_if<Items>(&arguments.front());
    if (items == nullptr) refuse(fmt::format("the least or greatest of {}", kind(arguments.front())));
    std::vector<Value> widened_items;
    for (const Scalar& item : *items) widened_items.push_back(widened(item));
    arguments = std::move(widened_items);
  }
  if (arguments.empty()) refuse("the least or greatest of nothing");
  Value best = arguments.front();
  for (const Value& argument : arguments)
    if (holds(better, argument, best)) best = argument;
  return best;
}

double of_number(const Value& value) {
  if (std::holds_alternative<std::string>(value)) refuse_unsupported("numbers in strings");
  if (const auto number = fraction(value)) return *number;
  refuse(fmt::format("the number of {}", kind(value)));
}

// int() and round(): an integer is what it is.
Value whole(Function function, const Value& value) {
  if (const auto number = integer(value)) return *number;
  const double number = of_number(value);
  return function == Function::round ? rounded(number) : truncated(number);
}

Value rounded_to(const Value& value, const Value& digits) {
  const auto count = integer(digits);
  if (!count) refuse(fmt::format("round() to {}", kind(digits)));
  if (*count >= 0 && integer(value)) return value;
  return rounded(of_number(value), *count);
}

}  // namespace

void refuse(std::string message) { throw Refusal{Fault::failed, std::move(message)}; }
void refuse_unsupported(std::string_view what) {
  throw Refusal{Fault::unsupported, fmt::format("unsupported: {}", what)};
}

bool truth(const Value& value) {
  if (const auto number = fraction(value)) return *number != 0;
  if (const auto* text = std::get_if<std::string>(&value)) return !text->empty();
  return !std::get<Items>(value).empty();
}

Value combined(Operator op, const Value& left, const Value& right) {
  const auto a = integer(left), b = integer(right);
  if (a && b) return combined_integers(op, *a, *b);
  if (const auto x = fraction(left), y = fraction(right); x && y) return combined(op, *x, *y);
  if (const auto* text = std::get_if<std::string>(&left)) {
    if (op == Operator::modulo) return format(*text, right);
    const auto* other = std::get_if<std::string>(&right);
    if (op == Operator::add && other != nullptr) return concatenated(*text, *other);
  }
  refuse(fmt::format("'{}' of {} and {}", symbol(op), kind(left), kind(right)));
}

Value with_sign(Sign sign, const Value& value) {
  if (const auto* fraction = std::get_if<double>(&value); fraction != nullptr && sign != Sign::invert)
    return sign == Sign::minus ? -*fraction : *fraction;
  const auto number = integer(value);
  if (!number) refuse(fmt::format("the sign of {}", kind(value)));
  switch (sign) {
    case Sign::minus: return fits(subtracted(0, *number));
    case Sign::plus: return *number;
    case Sign::invert: return ~*number;
  }
  return *number;
}

bool holds(Relation relation, const Value& left, const Value& right) {
  if (relation == Relation::in) return is_in(left, right);
  if (relation == Relation::not_in) return !is_in(left, right);
  if (const auto order = order_of_numbers(left, right)) return agrees(relation, *order);
  const auto *text = std::get_if<std::string>(&left), *other = std::get_if<std::string>(&right);
  if (text != nullptr && other != nullptr) return agrees(relation, text->compare(*other) <=> 0);
  const auto *items = std::get_if<Items>(&left), *others = std::get_if<Items>(&right);
  const bool same = items != nullptr && others != nullptr && equal(*items, *others);
  if (relation == Relation::equal) return same;
  if (relation == Relation::not_equal) return !same;
  if (items != nullptr && others != nullptr) refuse_unsupported("the order of tuples");
  refuse(fmt::format("the order of {} and {}", kind(left), kind(right)));
}

Value call(Function function, const std::vector<Value>& arguments) {
  if (function == Function::min) return extreme(Relation::less, arguments);
  if (function == Function::max) return extreme(Relation::greater, arguments);
  if (function == Function::round && arguments.size() == 2) return rounded_to(arguments[0], arguments[1]);
  if (arguments.size() != 1) refuse(fmt::format("a function of one value with {}", arguments.size()));
  const Value& value = arguments.front();
  switch (function) {
    case Function::integer:
    case Function::round: return whole(function, value);
    case Function::fraction: return of_number(value);
    default: break;
  }
  return with_sign(holds(Relation::less, value, Value{std::int64_t{0}}) ? Sign::minus : Sign::plus, value);
}

std::string str(const Value& value) {
  const auto* text = std::get_if<std::string>(&value);
  return text != nullptr ? *text : repr(value);
}

std::string repr(const Value& value) {
  if (const auto* truth = std::get_if<bool>(&value)) return *truth ? "True" : "False";
  if (const auto* number = std::get_if<std::int64_t>(&value)) return fmt::format("{}", *number);
  if (const auto* fraction = std::get_if<double>(&value)) return repr(*fraction);
  if (const auto* text = std::get_if<std::string>(&value)) return fmt::format("'{}'", *text);
  const auto& items = std::get<Items>(value);
  std::string result = "(";
  for (const Scalar& item : items) result += (result.size() > 1 ? ", " : "") + repr(widened(item));
  return result + (items.size() == 1 ? ",)" : ")");
}

}  // namespace ringside::packetdrill
