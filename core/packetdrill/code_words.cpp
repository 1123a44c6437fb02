#include "code_words.hpp"

#include <algorithm>
#include <iterator>

namespace ringside::packetdrill {
namespace {

constexpr OperatorWord operators[]{
    {"|", Operator::bit_or, 1},        {"^", Operator::bit_xor, 2},      {"&", Operator::bit_and, 3},
    {"<<", Operator::shift_left, 4},   {">>", Operator::shift_right, 4}, {"+", Operator::add, 5},
    {"-", Operator::subtract, 5},      {"*", Operator::multiply, 6},     {"/", Operator::divide, 6},
    {"//", Operator::floor_divide, 6}, {"%", Operator::modulo, 6}};
constexpr RelationWord relations[]{{"==", Relation::equal},  {"!=", Relation::not_equal},
                                   {"<", Relation::less},    {"<=", Relation::less_equal},
                                   {">", Relation::greater}, {">=", Relation::greater_equal},
                                   {"in", Relation::in},     {"not in", Relation::not_in}};
constexpr FunctionWord functions[]{{"abs", Function::abs},        {"min", Function::min},
                                   {"max", Function::max},        {"int", Function::integer},
                                   {"float", Function::fraction}, {"round", Function::round}};

template <class Words>
auto known(const Words& words, std::string_view word) {
  const auto found =
      std::find_if(std::begin(words), std::end(words), [&](const auto& w) { return w.word == word; });
  return found == std::end(words) ? nullptr : &*found;
}

template <class Words>
bool is_one_of(const CodeToken& token, const Words& words) {
  return std::any_of(std::begin(words), std::end(words),
                     [&](std::string_view word) { return token.is(word); });
}

}  // namespace

const OperatorWord* operator_word(std::string_view word) { return known(operators, word); }
const RelationWord* relation_word(std::string_view word) { return known(relations, word); }
const FunctionWord* function_word(std::string_view word) { return known(functions, word); }

bool is_other_python(const CodeToken& token) {
  constexpr std::string_view words[]{"async",  "await", "break",    "class",   "continue", "def",    "del",
                                     "except", "for",   "from",     "finally", "global",   "import", "is",
                                     "lambda", "None",  "nonlocal", "raise",   "return",   "try",    "while",
                                     "with",   "yield", "[",        "{",       "}",        ".",      "@",
                                     "**",     "**=",   ":="};
  return is_one_of(token, words);
}

bool is_reserved(const CodeToken& token) {
  constexpr std::string_view words[]{"and", "assert", "elif", "else", "False", "if",
                                     "in",  "not",    "or",   "pass", "print", "True"};
  return is_other_python(token) || is_one_of(token, words);
}

}  // namespace ringside::packetdrill
