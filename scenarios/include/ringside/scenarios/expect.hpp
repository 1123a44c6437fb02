// The language of expectations: one comparison of arithmetic expressions.
//
//   delivered_pps > 0.9 * offered_pps                                     for every run
//   at(2 * argmax(delivered_pps), delivered_pps) <= 0.75 * max(delivered_pps)   once for a sweep
//
// Names are metrics and parameters. Numbers may carry a unit (10us is 10000, as metrics count nanoseconds).
// Functions: abs(e); and over a sweep, where x is the varied key: max(m), min(m), argmax(m), argmin(m) (the x
// of the first such run), at(x, m) (linear between the runs on either side), increasing(m), decreasing(m) (no
// run falls below, or rises above, the one before; these two need no comparison).
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "ringside/scenarios/result.hpp"
#include "ringside/scenarios/scenario.hpp"

namespace ringside::scenarios {

// The text is not in the language, or names something that no run measured.
struct ExpectError : std::runtime_error {
  ExpectError(std::size_t at, const std::string& message) : std::runtime_error{message}, offset{at} {}
  std::size_t offset;  // bytes into the text
};

inline constexpr std::string_view of_the_other = "other.";  // before the name of another path's figure

using Figures = std::map<std::string, double, std::less<>>;

// The numbers of a run: metrics and parameters; texts, such as a hash, are left out.
Figures figures(const RunResult&);

struct Sweep {
  std::vector<double>
      x{};  // the varied key of each run; NaN where it is no number; empty when nothing varies
  std::vector<Figures> runs{};
};

struct Expression {
  enum class Kind { number, name, negate, add, subtract, multiply, divide, call };
  Kind kind{};
  double number = 0;
  std::string name{};  // of a metric, parameter or function
  std::size_t offset = 0;
  std::vector<Expression> arguments{};
};

class ParsedExpectation {
 public:
  // With a published figure the text is one expression, which is to come near it. Throws ExpectError.
  explicit ParsedExpectation(std::string_view text, std::optional<PublishedFigure> published = std::nullopt);

  bool over_sweep() const { return over_sweep_; }

  // Both throw ExpectError for an unknown name. What cannot be judged (a division by zero, a point outside of
  // the sweep) does not hold, and the result's note says why.
  ExpectationResult judge(const Figures& run) const;  // for one that is not over a sweep
  ExpectationResult judge(const Sweep&) const;        // of one run at least

 private:
  std::string text_;
  Expression left_{};
  std::string comparison_{};  // empty: `left` is a statement by itself, or compared with a figure
  Expression right_{};
  bool over_sweep_ = false;
  std::optional<PublishedFigure> published_{};
};

// As it is shown: the text, and the published figure that it is compared with.
std::string sentence(const Expectation&);

}  // namespace ringside::scenarios
