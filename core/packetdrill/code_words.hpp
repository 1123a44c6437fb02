// The words and signs of the Python of code blocks, and those that it leaves out.
#pragma once

#include <string_view>

#include "code_tokens.hpp"
#include "code_value.hpp"

namespace ringside::packetdrill {

struct OperatorWord {
  std::string_view word;
  Operator op;
  int precedence;  // from 1; the higher the tighter
};
struct RelationWord {
  std::string_view word;
  Relation relation;
};
struct FunctionWord {
  std::string_view word;
  Function function;
};

// nullptr: it is none.
const OperatorWord* operator_word(std::string_view word);
const RelationWord* relation_word(std::string_view word);
const FunctionWord* function_word(std::string_view word);

// What Python knows and this does not.
bool is_other_python(const CodeToken& token);
// What cannot be the name of a variable.
bool is_reserved(const CodeToken& token);

}  // namespace ringside::packetdrill
