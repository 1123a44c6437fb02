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

// `of_a_figure`: one expression, which is compared with a published figure. Throws ExpectError.
Comparison parse_comparison(std::string_view text, bool of_a_figure);

}  // namespace ringside::scenarios
