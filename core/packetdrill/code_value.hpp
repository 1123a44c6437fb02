// What Python's operators do with values. Refusals know no place yet: who runs the code adds it.
#pragma once

#include <string>
#include <string_view>

#include "ringside/packetdrill/code.hpp"

namespace ringside::packetdrill {

inline constexpr std::size_t max_string = 4096;  // bytes; bounds what `s += s` can do
inline constexpr std::size_t max_items = 64;     // of a tuple, and arguments of a function

struct Refusal {
  Fault fault{};
  std::string message{};
};
[[noreturn]] void refuse(std::string message);                // Python would raise an exception, too
[[noreturn]] void refuse_unsupported(std::string_view what);  // Python would not

enum class Operator : std::uint8_t {
  bit_or,
  bit_xor,
  bit_and,
  shift_left,
  shift_right,
  add,
  subtract,
  multiply,
  divide,
  floor_divide,
  modulo
};
enum class Sign : std::uint8_t { minus, plus, invert };
enum class Relation : std::uint8_t { equal, not_equal, less, less_equal, greater, greater_equal, in, not_in };
enum class Function : std::uint8_t { abs, min, max, integer, fraction, round };

bool truth(const Value& value);
Value combined(Operator op, const Value& left, const Value& right);
Value with_sign(Sign sign, const Value& value);
bool holds(Relation relation, const Value& left, const Value& right);
Value call(Function function, const std::vector<Value>& arguments);

std::string str(const Value& value);   // as print() shows it
std::string repr(const Value& value);  // strings in quotes

// code_format.cpp: '%d of %s' % (1, 'two')
std::string format(std::string_view format, const Value& values);

}  // namespace ringside::packetdrill
