// The shell's arithmetic: integers and C's operators, without variables.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "ringside/packetdrill/error.hpp"

namespace ringside::packetdrill {

struct Arithmetic {
  std::int64_t value = 0;
  std::size_t length = 0;  // bytes that were read
};
struct ArithmeticError {
  Fault fault{};
  std::size_t offset = 0;
  std::string message{};
};

// The expression at the beginning of `text`, up to what can be no part of it. Throws ArithmeticError.
Arithmetic evaluate(std::string_view text);

}  // namespace ringside::packetdrill
