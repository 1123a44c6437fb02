#include "arithmetic.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "characters.hpp"
#include "checked.hpp"
#include "numbers.hpp"

namespace ringside::packetdrill {
namespace {

constexpr int max_depth = 64;  // of parentheses and signs

struct OperatorWord {
  std::string_view word;
  int precedence;  // the higher the tighter
};
// The longer ones first.
constexpr std::array<OperatorWord, 10> operators{
    {{"<<", 4}, {">>", 4}, {"|", 1}, {"^", 2}, {"&", 3}, {"+", 5}, {"-", 5}, {"*", 6}, {"/", 6}, {"%", 6}}};

class Evaluator {
 public:
  explicit Evaluator(std::string_view text) : text_{text} {}

  Arithmetic run() {
    const std::int64_t value = sum(1);
    return {value, at_};
  }

 private:
  std::int64_t sum(int precedence) {
    std::int64_t left = operand();
    for (;;) {
      skip_blanks();
      const auto op = std::find_if(operators.begin(), operators.end(),
                                   [&](const OperatorWord& o) { return rest().starts_with(o.word); });
      if (op == operators.end() || op->precedence < precedence) return left;
      const std::size_t at = at_;
      at_ += op->word.size();
      left = combined(op->word, left, sum(op->precedence + 1), at);
    }
  }

  std::int64_t operand() {
    if (++depth_ > max_depth)
      fail(Fault::unsupported, at_, fmt::format("unsupported: nesting deeper than {} levels", max_depth));
    skip_blanks();
    const std::size_t at = at_;
    std::int64_t value = 0;
    if (accept('-'))
      value = fits(subtracted(0, operand()), at);
    else if (accept('~'))
      value = ~operand();
    else if (accept('+'))
      value = operand();
    else if (accept('('))
      value = parentheses();
    else
      value = number();
    --depth_;
    return value;
  }

  std::int64_t parentheses() {
    const std::int64_t value = sum(1);
    skip_blanks();
    if (!accept(')')) expected("')'");
    return value;
  }

  std::int64_t number() {
    const auto belongs = [](char c) {
      return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    };
    const auto end = std::find_if_not(rest().begin(), rest().end(), belongs);
    const std::string_view word = rest().substr(0, static_cast<std::size_t>(end - rest().begin()));
    const bool octal = word.size() > 1 && word.starts_with('0') && word[1] != 'x' && word[1] != 'X';
    const auto value = parse_integer(word);
    if (!value || octal) expected("an integer");
    at_ += word.size();
    return *value;
  }

  std::int64_t combined(std::string_view op, std::int64_t a, std::int64_t b, std::size_t at) const {
    if (op == "|") return a | b;
    if (op == "^") return a ^ b;
    if (op == "&") return a & b;
    if (op == "+") return fits(added(a, b), at);
    if (op == "-") return fits(subtracted(a, b), at);
    if (op == "*") return fits(multiplied(a, b), at);
    if (op == "<<" || op == ">>") {
      if (b < 0) fail(Fault::failed, at, "a negative shift count");
      return op == "<<" ? fits(shifted_left(a, b), at) : shifted_right(a, b);
    }
    if (b == 0) fail(Fault::failed, at, "division by zero");
    return op == "/" ? fits(divided(a, b), at) : remainder(a, b);
  }

  std::int64_t fits(Checked result, std::size_t at) const {
    if (!result) fail(Fault::unsupported, at, "unsupported: integers of more than 64 bits");
    return *result;
  }

  void skip_blanks() {
    while (!rest().empty() && (rest().front() == ' ' || rest().front() == '\t' || rest().front() == '\n'))
      ++at_;
  }
  bool accept(char c) {
    if (!rest().starts_with(c)) return false;
    ++at_;
    return true;
  }
  std::string_view rest() const { return text_.substr(at_); }

  [[noreturn]] void expected(std::string_view what) const {
    const std::string found =
        rest().empty() ? "the end of the command" : "'" + shown(rest().substr(0, 1)) + "'";
    fail(Fault::malformed, at_, fmt::format("expected {}, found {}", what, found));
  }
  [[noreturn]] static void fail(Fault fault, std::size_t at, std::string message) {
    throw ArithmeticError{fault, at, std::move(message)};
  }

  std::string_view text_;
  std::size_t at_ = 0;
  int depth_ = 0;
};

}  // namespace

Arithmetic evaluate(std::string_view text) { return Evaluator{text}.run(); }

}  // namespace ringside::packetdrill
