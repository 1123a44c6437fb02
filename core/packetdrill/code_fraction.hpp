// Python's numbers with a fraction: doubles. Refusals are those of code_value.hpp.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "code_value.hpp"

namespace ringside::packetdrill {

// 1.5, .5, 2., 1e-3. nullopt: none.
std::optional<double> fraction_literal(std::string_view text);

double combined(Operator op, double left, double right);

// By their values, however large the integer is. Nothing is in order with what is no number.
std::partial_ordering order(std::int64_t integer, double fraction);

std::int64_t truncated(double number);               // int()
std::int64_t rounded(double number);                 // round(): halves go to the even neighbour
double rounded(double number, std::int64_t digits);  // round(, digits)

std::string repr(double number);  // the shortest text that is the same number again

}  // namespace ringside::packetdrill
