#include "code_value.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "checked.hpp"

namespace ringside::packetdrill {
namespace {

using Items = std::vector<Scalar>;

std::string_view kind(const Value& value) {
  constexpr std::array<std::string_view, 4> names{"a boolean", "an integer", "a string", "a tuple"};
  return names.at(value.index());
}

// True is 1.
std::optional<std::int64_t> integer(const Value& value) {
  if (const auto* truth = std::get_if<bool>(&value)) return *truth ? 1 : 0;
  if (const auto* number = std::get_if<std::int64_t>(&value)) return *number;
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

// Python's quotient is a number with a fraction; it is supported where there is nothing in it.
std::int64_t quotient(std::int64_t a, std::int64_t b) {
  if (remainder(a, not_zero(b)) != 0) refuse_unsupported("numbers with a fraction");
  return fits(divided(a, b));
}

std::int64_t combined(Operator op, std::int64_t a, std::int64_t b) {
  switch (op) {
    case Operator::bit_or: return a | b;
    case Operator::bit_xor: return a ^ b;
    case Operator::bit_and: return a & b;
    case Operator::shift_left: return fits(shifted_left(a, not_negative(b)));
    case Operator::shift_right: return shifted_right(a, not_negative(b));
    case Operator::add: return fits(added(a, b));
    case Operator::subtract: return fits(subtracted(a, b));
    case Operator::multiply: return fits(multiplied(a, b));
    case Operator::divide: return quotient(a, b);
    case Operator::floor_divide: return fits(floor_divided(a, not_zero(b)));
    case Operator::modulo: return modulo(a, not_zero(b));
  }
  return 0;
}

std::string concatenated(const std::string& left, const std::string& right) {
  if (left.size() + right.size() > max_string)
    refuse_unsupported(fmt::format("strings of more than {} bytes", max_string));
  return left + right;
}

template <class Comparable>
bool compare(Relation relation, const Comparable& a, const Comparable& b) {
  switch (relation) {
    case Relation::equal: return a == b;
    case Relation::not_equal: return a != b;
    case Relation::less: return a < b;
    case Relation::less_equal: return a <= b;
    case Relation::greater: return a > b;
    case Relation::greater_equal: return a >= b;
    case Relation::in:
    case Relation::not_in: break;  // of what has parts
  }
  return false;
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

Value extreme(Relation better, const std::vector<Value>& arguments) {
  if (arguments.size() < 2) refuse_unsupported("min() and max() of one argument");
  Value best = arguments.front();
  for (const Value& argument : arguments)
    if (holds(better, argument, best)) best = argument;
  return best;
}

}  // namespace

void refuse(std::string message) { throw Refusal{Fault::failed, std::move(message)}; }
void refuse_unsupported(std::string_view what) {
  throw Refusal{Fault::unsupported, fmt::format("unsupported: {}", what)};
}

bool truth(const Value& value) {
  if (const auto number = integer(value)) return *number != 0;
  if (const auto* text = std::get_if<std::string>(&value)) return !text->empty();
  return !std::get<Items>(value).empty();
}

Value combined(Operator op, const Value& left, const Value& right) {
  const auto a = integer(left), b = integer(right);
  if (a && b) return combined(op, *a, *b);
  if (const auto* text = std::get_if<std::string>(&left)) {
    if (op == Operator::modulo) return format(*text, right);
    const auto* other = std::get_if<std::string>(&right);
    if (op == Operator::add && other != nullptr) return concatenated(*text, *other);
  }
  refuse(fmt::format("'{}' of {} and {}", symbol(op), kind(left), kind(right)));
}

Value with_sign(Sign sign, const Value& value) {
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
  const auto a = integer(left), b = integer(right);
  if (a && b) return compare(relation, *a, *b);
  const auto *text = std::get_if<std::string>(&left), *other = std::get_if<std::string>(&right);
  if (text != nullptr && other != nullptr) return compare(relation, *text, *other);
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
  if (arguments.size() != 1) refuse(fmt::format("abs() of {} arguments", arguments.size()));
  return holds(Relation::less, arguments.front(), Value{std::int64_t{0}})
             ? with_sign(Sign::minus, arguments.front())
             : with_sign(Sign::plus, arguments.front());
}

std::string str(const Value& value) {
  const auto* text = std::get_if<std::string>(&value);
  return text != nullptr ? *text : repr(value);
}

std::string repr(const Value& value) {
  if (const auto* truth = std::get_if<bool>(&value)) return *truth ? "True" : "False";
  if (const auto* number = std::get_if<std::int64_t>(&value)) return fmt::format("{}", *number);
  if (const auto* text = std::get_if<std::string>(&value)) return fmt::format("'{}'", *text);
  const auto& items = std::get<Items>(value);
  std::string result = "(";
  for (const Scalar& item : items) result += (result.size() > 1 ? ", " : "") + repr(widened(item));
  return result + (items.size() == 1 ? ",)" : ")");
}

}  // namespace ringside::packetdrill
