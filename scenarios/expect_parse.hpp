// From the text of an expectation to its two sides.
#pragma once

#include <string>
#include <string_view>

#include "ringside/scenarios/expect.hpp"

namespace ringside::scenarios {

struct Comparison {
  Expression left{};
  std::string relation{};  // < <= > >= == != or empty
  Expression right{};
  bool over_sweep = false;
};

Comparison parse_comparison(std::string_view text);  // throws ExpectError

}  // namespace ringside::scenarios
