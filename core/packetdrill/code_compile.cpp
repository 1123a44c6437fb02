// From a code block's text to its instructions: a recursive-descent parser over Python's precedences.
#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "characters.hpp"
#include "code_fraction.hpp"
#include "code_literals.hpp"
#include "code_program.hpp"
#include "code_tokens.hpp"
#include "code_words.hpp"

namespace ringside::packetdrill {
namespace {

constexpr int max_depth = 64;               // of parentheses and signs
constexpr std::size_t max_condition = 200;  // bytes of it that a message repeats
constexpr std::size_t max_names = 8;        // variables whose values a message tells

// "a == \<line end>  b" as "a == b".
std::string on_one_line(std::string_view text) {
  std::string result;
  for (const char c : text.substr(0, 2 * max_condition)) {
    const bool blank = c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\\';
    if (!blank)
      result += c;
    else if (!result.empty() && result.back() != ' ')
      result += ' ';
  }
  while (result.ends_with(' ')) result.pop_back();
  return shown(result, max_condition);
}

class Compiler {
 public:
  Compiler(const Code& code, std::string_view file) : source_{code.text}, lexer_{code, file} {
    result_.file = file;
  }

  Compiled run() {
    advance();
    advance();
    while (token_.kind != CodeTokenKind::end) {
      if (!accept_line_end()) line();
    }
    return std::move(result_);
  }

 private:
  void line() {
    if (token_.is("if")) return branches();
    statement();
    if (token_.kind != CodeTokenKind::end && !accept_line_end()) expected("the end of the statement");
  }

  // if, elif and else, each with what depends on it.
  void branches() {
    const std::size_t column = indentation();
    const auto another = [&](std::string_view word) { return token_.is(word) && indentation() == column; };
    std::vector<std::size_t> to_the_end;
    deeper();
    do {
      const Position at = token_.at;
      advance();
      expression();
      const std::size_t skip = emit(Step::skip_unless, at);
      dependent(column);
      to_the_end.push_back(emit(Step::go_to, at));
      leads_here(skip);
    } while (another("elif"));
    if (another("else")) {
      advance();
      dependent(column);
    }
    --depth_;
    for (const std::size_t jump : to_the_end) leads_here(jump);
  }

  // On the same line, or below it and further in.
  void dependent(std::size_t column) {
    if (!token_.is(":")) expected("':'");
    advance();
    const bool below = token_.kind == CodeTokenKind::line_end;
    while (!below && token_.kind != CodeTokenKind::line_end && token_.kind != CodeTokenKind::end) {
      statement();
      if (token_.is(";"))
        advance();
      else if (token_.kind != CodeTokenKind::line_end && token_.kind != CodeTokenKind::end)
        expected("the end of the statement");
    }
    while (accept_line_end()) {
    }
    if (!below) return;
    const std::size_t inside = indentation();
    if (token_.kind == CodeTokenKind::end || inside <= column) expected("a line that is further in");
    while (token_.kind != CodeTokenKind::end && indentation() > column) {
      if (indentation() != inside) expected("a line as far in as the one before");
      line();
      while (accept_line_end()) {
      }
    }
  }

  // Of the line in which the token stands.
  std::size_t indentation() const {
    const std::size_t end_before = source_.rfind('\n', token_.begin == 0 ? 0 : token_.begin - 1);
    if (token_.begin == 0 || end_before == std::string::npos) return 0;
    return source_.find_first_not_of(" \t", end_before + 1) - (end_before + 1);
  }

  void statement() {
    if (token_.is("assert")) return assertion();
    if (token_.is("print")) return print();
    if (token_.is("pass")) return advance();
    const bool variable = token_.kind == CodeTokenKind::name && !is_reserved(token_);
    if (variable && next_.is("=")) return assign();
    if (const auto* op = variable ? assigning_operator() : nullptr) return combine_into(*op);
    drop();
  }

  void assign() {
    const CodeToken name = token_;
    advance();
    advance();
    expression();
    emit(Step::store, name.at, this->name(name.text));
  }

  void combine_into(Operator op) {
    const CodeToken name = token_;
    emit(Step::load, name.at, this->name(name.text));
    advance();
    const Position at = token_.at;
    advance();
    expression();
    emit(Step::combine, at, static_cast<std::uint32_t>(op));
    emit(Step::store, name.at, this->name(name.text));
  }

  // The next token is += or its like.
  const Operator* assigning_operator() const {
    if (next_.kind != CodeTokenKind::symbol || !next_.text.ends_with('=')) return nullptr;
    const auto* word = operator_word(next_.text.substr(0, next_.text.size() - 1));
    return word == nullptr ? nullptr : &word->op;
  }

  void drop() {
    const Position at = token_.at;
    expression();
    emit(Step::drop, at);
  }

  void print() {
    const Position at = token_.at;
    advance();
    if (!token_.is("(")) expected("'(' behind 'print'");
    emit(Step::print, at, arguments());
  }

  void assertion() {
    const Position at = token_.at;
    advance();
    const std::size_t begin = token_.begin;
    names_ = &result_.assertions.emplace_back().names;
    expression();
    names_ = nullptr;
    const auto which = static_cast<std::uint32_t>(result_.assertions.size() - 1);
    result_.assertions.back().condition =
        on_one_line(std::string_view{source_}.substr(begin, last_end_ - begin));
    const std::size_t pass = emit(Step::pass_if, at);
    const bool message = token_.is(",");
    if (message) {
      advance();
      expression();
    }
    result_.instructions[emit(Step::assertion, at, which)].count = message ? 1 : 0;
    leads_here(pass);
  }

  void expression() {
    const std::size_t begin = result_.instructions.size();
    disjunction();
    if (token_.is("if")) choice(begin);
  }

  // A if CONDITION else B: of A and B only the one that is wanted is computed.
  void choice(std::size_t begin) {
    std::vector<Instruction> value(result_.instructions.begin() + static_cast<std::ptrdiff_t>(begin),
                                   result_.instructions.end());
    result_.instructions.resize(begin);
    const Position at = token_.at;
    advance();
    disjunction();
    const std::size_t skip = emit(Step::skip_unless, at);
    const auto moved = static_cast<std::uint32_t>(result_.instructions.size() - begin);
    for (Instruction& instruction : value) {
      if (instruction.target > 0) instruction.target += moved;
      result_.instructions.push_back(instruction);
    }
    const std::size_t end = emit(Step::go_to, at);
    leads_here(skip);
    if (!token_.is("else")) expected("'else'");
    advance();
    deeper();
    expression();
    --depth_;
    leads_here(end);
  }

  void disjunction() {
    junction("or", Step::or_else, [this] { conjunction(); });
  }
  void conjunction() {
    junction("and", Step::and_then, [this] { negation(); });
  }

  template <class Part>
  void junction(std::string_view word, Step step, Part part) {
    part();
    std::vector<std::size_t> to_the_end;
    while (token_.is(word)) {
      to_the_end.push_back(emit(step, token_.at));
      advance();
      part();
    }
    for (const std::size_t jump : to_the_end) leads_here(jump);
  }

  void negation() {
    std::size_t times = 0;
    const Position at = token_.at;
    for (; token_.is("not"); ++times) advance();
    comparison();
    for (; times > 0; --times) emit(Step::negate, at);
  }

  void comparison() {
    sum(1);
    std::vector<std::size_t> to_the_end;
    for (const auto* relation = this->relation(); relation != nullptr;) {
      const Position at = token_.at;
      if (relation->relation == Relation::not_in) advance();
      advance();
      if (relation->relation >= Relation::in && token_.is("["))
        items("]");
      else
        sum(1);
      const auto operand = static_cast<std::uint32_t>(relation->relation);
      relation = this->relation();
      if (relation == nullptr)
        emit(Step::compare, at, operand);
      else
        to_the_end.push_back(emit(Step::compare_on, at, operand));
    }
    for (const std::size_t jump : to_the_end) leads_here(jump);
  }
  const RelationWord* relation() const {
    if (token_.is("in") || token_.kind == CodeTokenKind::symbol) return relation_word(token_.text);
    return token_.is("not") && next_.is("in") ? relation_word("not in") : nullptr;
  }

  // Operators that bind at least as tightly as `precedence`; all of them group to the left.
  void sum(int precedence) {
    operand();
    for (;;) {
      const auto* op = token_.kind == CodeTokenKind::symbol ? operator_word(token_.text) : nullptr;
      if (op == nullptr || op->precedence < precedence) return;
      const Position at = token_.at;
      advance();
      sum(op->precedence + 1);
      emit(Step::combine, at, static_cast<std::uint32_t>(op->op));
    }
  }

  void operand() {
    deeper();
    const Position at = token_.at;
    if (token_.is("-") || token_.is("+") || token_.is("~")) {
      const Sign sign = token_.is("-") ? Sign::minus : token_.is("+") ? Sign::plus : Sign::invert;
      advance();
      operand();
      emit(Step::sign, at, static_cast<std::uint32_t>(sign));
    } else {
      primary();
      if (is_other_python(token_)) unsupported(described(token_));
    }
    --depth_;
  }

  void deeper() {
    if (++depth_ > max_depth) unsupported(fmt::format("nesting deeper than {} levels", max_depth));
  }

  void primary() {
    const CodeToken token = token_;
    if (token.kind == CodeTokenKind::integer) return constant(integer(), token.at);
    if (token.kind == CodeTokenKind::fraction) return constant(fraction(), token.at);
    if (is_string()) return strings();
    if (token.is("(")) return parentheses();
    const bool truth = token.is("True") || token.is("False");
    if (token.kind != CodeTokenKind::name || (is_reserved(token) && !truth)) expected("a value");
    advance();
    if (truth) return constant(token.is("True"), token.at);
    name_or_call(token);
  }

  void name_or_call(const CodeToken& name) {
    if (!token_.is("(")) {
      emit(Step::load, name.at, this->name(name.text));
      return;
    }
    const auto* function = function_word(name.text);
    if (function == nullptr)
      lexer_.fail(Fault::unsupported, name.at,
                  fmt::format("unsupported: the function {}()", shown(name.text)));
    const std::uint32_t count = arguments();
    result_.instructions[emit(Step::call, name.at, static_cast<std::uint32_t>(function->function))].count =
        count;
  }

  // A value in parentheses, or a tuple.
  void parentheses() {
    const Position at = token_.at;
    bool comma = false;
    const std::uint32_t count = listed(")", comma);
    if (count != 1 || comma) emit(Step::tuple, at, count);
  }

  // In brackets, where nothing tells a list from a tuple: behind `in`.
  void items(std::string_view close) {
    const Position at = token_.at;
    bool comma = false;
    emit(Step::tuple, at, listed(close, comma));
  }

  std::uint32_t listed(std::string_view close, bool& comma) {
    advance();
    std::uint32_t count = 0;
    while (!token_.is(close)) {
      expression();
      if (++count > max_items) unsupported(fmt::format("tuples of more than {} values", max_items));
      comma = token_.is(",");
      if (!comma) break;
      advance();
    }
    if (!token_.is(close)) expected(fmt::format("',' or '{}'", close));
    advance();
    return count;
  }

  std::uint32_t arguments() {
    advance();
    std::uint32_t count = 0;
    while (!token_.is(")")) {
      expression();
      if (++count > max_items) unsupported(fmt::format("more than {} arguments", max_items));
      if (token_.is("=")) unsupported("arguments with a name");
      if (!token_.is(",")) break;
      advance();
    }
    if (!token_.is(")")) expected("',' or ')'");
    advance();
    return count;
  }

  // The literal's value; it does not know its place.
  template <class Literal>
  auto literal(Literal value_of) {
    try {
      return value_of(token_.text);
    } catch (const Refusal& refusal) {
      lexer_.fail(refusal.fault, token_.at, refusal.message);
    }
  }

  Value integer() {
    const auto value = literal(integer_literal);
    if (!value) expected("a decimal or hexadecimal integer");
    advance();
    return *value;
  }

  Value fraction() {
    const auto value = fraction_literal(token_.text);
    if (!value) expected("a number");
    advance();
    return *value;
  }

  bool is_string() const {
    return token_.kind == CodeTokenKind::string || token_.kind == CodeTokenKind::formatted;
  }

  // Adjacent strings are one.
  void strings() {
    const Position at = token_.at;
    one_string();
    while (is_string()) {
      one_string();
      emit(Step::combine, at, static_cast<std::uint32_t>(Operator::add));
    }
  }

  void one_string() {
    const Position at = token_.at;
    if (token_.kind == CodeTokenKind::formatted) return formatted();
    constant(literal(string_literal), at);
    advance();
  }

  // As '...%s...' % (...).
  void formatted() {
    const CodeToken whole = token_;
    const FormattedString parts = literal(formatted_literal);
    constant(parts.format, whole.at);
    for (const auto& part : parts.parts) {
      Position at = whole.text_at;
      at.column += static_cast<int>(part.offset) - 1;  // the parenthesis
      within({.text = "(" + part.expression + ")", .at = at});
    }
    emit(Step::tuple, whole.at, static_cast<std::uint32_t>(parts.parts.size()));
    emit(Step::combine, whole.at, static_cast<std::uint32_t>(Operator::modulo));
    advance();
  }

  // An expression that stands in a string.
  void within(const Code& code) {
    const CodeToken token = token_, next = next_;
    CodeLexer lexer{code, result_.file};
    std::swap(lexer_, lexer);
    advance();
    advance();
    deeper();
    primary();
    --depth_;
    if (token_.kind != CodeTokenKind::end) expected("the end of the expression");
    std::swap(lexer_, lexer);
    token_ = token, next_ = next;
  }

  void constant(Value value, Position at) {
    result_.constants.push_back(std::move(value));
    emit(Step::constant, at, static_cast<std::uint32_t>(result_.constants.size() - 1));
  }

  std::uint32_t name(std::string_view name) {
    result_.names.emplace_back(name);
    const bool noted = names_ != nullptr && names_->size() < max_names &&
                       std::find(names_->begin(), names_->end(), name) == names_->end();
    if (noted) names_->emplace_back(name);
    return static_cast<std::uint32_t>(result_.names.size() - 1);
  }

  std::size_t emit(Step step, Position at, std::uint32_t operand = 0) {
    result_.instructions.push_back({.step = step, .operand = operand, .at = at});
    return result_.instructions.size() - 1;
  }
  void leads_here(std::size_t jump) {
    result_.instructions[jump].target = static_cast<std::uint32_t>(result_.instructions.size());
  }

  bool accept_line_end() {
    if (token_.kind != CodeTokenKind::line_end && !token_.is(";")) return false;
    advance();
    return true;
  }
  void advance() {
    last_end_ = token_.end;
    token_ = next_;
    next_ = lexer_.next();
  }

  [[noreturn]] void expected(std::string_view what) {
    if (is_other_python(token_)) unsupported(described(token_));
    lexer_.fail(Fault::malformed, token_.at, fmt::format("expected {}, found {}", what, described(token_)));
  }
  [[noreturn]] void unsupported(std::string_view what) {
    lexer_.fail(Fault::unsupported, token_.at, fmt::format("unsupported: {}", what));
  }

  const std::string& source_;
  CodeLexer lexer_;
  CodeToken token_{}, next_{};
  std::size_t last_end_ = 0;  // of the token before
  int depth_ = 0;
  std::vector<std::string>* names_ = nullptr;  // of the assertion that is being read
  Compiled result_{};
};

}  // namespace

Compiled compile(const Code& code, std::string_view file) { return Compiler{code, file}.run(); }

}  // namespace ringside::packetdrill
