// A recursive-descent parser: comparison, sum, product, factor, primary.
#include "expect_parse.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "ringside/scenarios/suggest.hpp"
#include "ringside/scenarios/units_text.hpp"

namespace ringside::scenarios {
namespace {

constexpr int max_nesting = 64;
constexpr std::size_t max_length = 1000;  // bounds the depth of a chain of operators, too

struct Function {
  std::string_view name;
  std::size_t arguments;
  bool over_sweep;
  bool statement;  // true or false by itself
};
constexpr std::array<Function, 8> functions{{{"abs", 1, false, false},
                                             {"max", 1, true, false},
                                             {"min", 1, true, false},
                                             {"argmax", 1, true, false},
                                             {"argmin", 1, true, false},
                                             {"at", 2, true, false},
                                             {"increasing", 1, true, true},
                                             {"decreasing", 1, true, true}}};

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }

class Parser {
 public:
  explicit Parser(std::string_view text) : text_{text} {}

  Comparison comparison() {
    Comparison result;
    result.left = sum();
    result.relation = relation();
    if (!result.relation.empty())
      result.right = sum();
    else if (!statement(result.left))
      fail("expected a comparison: <, <=, >, >=, == or !=");
    return ended(std::move(result));
  }

  Comparison expression() {
    Comparison result;
    result.left = sum();
    return ended(std::move(result));
  }

 private:
  Comparison ended(Comparison result) {
    skip_space();
    if (at_ < text_.size()) fail("expected the end of the expectation");
    result.over_sweep = over_sweep_;
    return result;
  }

  Expression sum() {
    Expression left = product();
    for (;;) {
      const std::size_t offset = (skip_space(), at_);
      if (accept("+"))
        left = binary(Expression::Kind::add, offset, std::move(left), product());
      else if (accept("-"))
        left = binary(Expression::Kind::subtract, offset, std::move(left), product());
      else
        return left;
    }
  }

  Expression product() {
    Expression left = factor();
    for (;;) {
      const std::size_t offset = (skip_space(), at_);
      if (accept("*"))
        left = binary(Expression::Kind::multiply, offset, std::move(left), factor());
      else if (accept("/"))
        left = binary(Expression::Kind::divide, offset, std::move(left), factor());
      else
        return left;
    }
  }

  Expression factor() {
    skip_space();
    if (++nesting_ > max_nesting) fail(fmt::format("nested deeper than {} levels", max_nesting));
    const std::size_t offset = at_;
    Expression result;
    if (accept("-"))
      result = {.kind = Expression::Kind::negate, .offset = offset, .arguments = {factor()}};
    else
      result = primary();
    --nesting_;
    return result;
  }

  Expression primary() {
    if (accept("(")) {
      Expression inner = sum();
      expect(")");
      return inner;
    }
    if (at_ < text_.size() && (is_digit(text_[at_]) || text_[at_] == '.')) return number();
    if (at_ < text_.size() && is_letter(text_[at_])) return name_or_call();
    fail("expected a number, a name or '('");
  }

  Expression number() {
    const std::size_t begin = at_;
    const auto belongs = [&] {
      const char c = text_[at_];
      const bool exponent_sign = (c == '+' || c == '-') && (text_[at_ - 1] == 'e' || text_[at_ - 1] == 'E');
      return is_digit(c) || is_letter(c) || c == '.' || exponent_sign;
    };
    while (at_ < text_.size() && belongs()) ++at_;
    const std::string_view token = text_.substr(begin, at_ - begin);
    const auto value = parse_any(token);
    if (!value) throw ExpectError{begin, fmt::format("expected a number, found '{}'", token)};
    return {.kind = Expression::Kind::number, .number = *value, .offset = begin};
  }

  Expression name_or_call() {
    const std::size_t begin = at_;
    while (at_ < text_.size() && (is_letter(text_[at_]) || is_digit(text_[at_]) || text_[at_] == '.')) ++at_;
    std::string name{text_.substr(begin, at_ - begin)};
    if (accept("(")) return call(std::move(name), begin);
    return {.kind = Expression::Kind::name, .name = std::move(name), .offset = begin};
  }

  Expression call(std::string name, std::size_t begin) {
    const Function& function = find(name, begin);
    if (function.over_sweep && within_sweep_)
      throw ExpectError{begin, fmt::format("{}() stands inside of another function over the sweep", name)};
    over_sweep_ = over_sweep_ || function.over_sweep;
    Expression result{.kind = Expression::Kind::call, .name = std::move(name), .offset = begin};
    for (std::size_t i = 0; i < function.arguments; ++i) {
      if (i > 0) expect(",");
      const bool each_run =
          function.over_sweep && i + 1 == function.arguments;  // the m, but not the x of at(x, m)
      const bool outside = std::exchange(within_sweep_, within_sweep_ || each_run);
      result.arguments.push_back(sum());
      within_sweep_ = outside;
    }
    expect(")");
    return result;
  }

  static const Function& find(std::string_view name, std::size_t begin) {
    std::vector<std::string_view> names;
    for (const Function& function : functions) {
      if (function.name == name) return function;
      names.push_back(function.name);
    }
    throw ExpectError{begin, fmt::format("no function '{}'{}", name, did_you_mean_or_list(name, names))};
  }

  static bool statement(const Expression& expression) {
    const auto same = [&](const Function& f) { return f.statement && f.name == expression.name; };
    return expression.kind == Expression::Kind::call && std::any_of(functions.begin(), functions.end(), same);
  }

  std::string relation() {
    for (std::string_view word : {"<=", ">=", "==", "!=", "<", ">"})
      if (accept(word)) return std::string{word};
    return {};
  }

  static Expression binary(Expression::Kind kind, std::size_t offset, Expression left, Expression right) {
    Expression result{.kind = kind, .offset = offset};
    result.arguments.push_back(std::move(left));
    result.arguments.push_back(std::move(right));
    return result;
  }

  bool accept(std::string_view token) {
    skip_space();
    if (!text_.substr(at_).starts_with(token)) return false;
    at_ += token.size();
    return true;
  }
  void expect(std::string_view token) {
    if (!accept(token)) fail(fmt::format("expected '{}'", token));
  }
  void skip_space() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\n')) ++at_;
  }
  [[noreturn]] void fail(const std::string& message) const {
    throw ExpectError{at_, at_ < text_.size() ? fmt::format("{}, found '{}'", message, text_[at_])
                                              : fmt::format("{}, found the end", message)};
  }

  std::string_view text_;
  std::size_t at_ = 0;
  int nesting_ = 0;
  bool over_sweep_ = false;
  bool within_sweep_ = false;
};

}  // namespace

Comparison parse_comparison(std::string_view text, bool of_a_figure) {
  if (text.size() > max_length) throw ExpectError{0, fmt::format("longer than {} bytes", max_length)};
  return of_a_figure ? Parser{text}.expression() : Parser{text}.comparison();
}

}  // namespace ringside::scenarios
