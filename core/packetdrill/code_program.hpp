// A code block as instructions for a machine with a stack: no recursion when it runs, and no branch that goes
// back.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "code_value.hpp"

namespace ringside::packetdrill {

enum class Step : std::uint8_t {
  constant,     // pushes constants[operand]
  load,         // pushes the variable names[operand]
  store,        // pops a value into the variable names[operand]
  sign,         // of the top: operand is the Sign
  negate,       // `not` of the top
  combine,      // pops two values, pushes that of the Operator
  compare,      // pops two values, pushes whether the Relation holds
  compare_on,   // a < b < c: pops two, pushes the right one if the Relation holds, else False and goes to
                // `target`
  and_then,     // goes to `target` if the top is false, else pops it
  or_else,      // goes to `target` if the top is true, else pops it
  tuple,        // pops `operand` values, pushes a tuple of them
  call,         // pops `count` arguments, pushes the value of the Function
  print,        // pops `operand` values and prints them
  drop,         // pops the value of an expression that nobody wants
  pass_if,      // pops a condition, goes to `target` if it is true
  skip_unless,  // pops a condition, goes to `target` if it is false
  go_to,        // goes to `target`, which is ahead
  assertion,    // fails: assertions[operand]; `count` is 1 if the top is its message
};

struct Instruction {
  Step step{};
  std::uint32_t operand = 0;
  std::uint32_t target = 0, count = 0;
  Position at{};
};

struct Assertion {
  std::string condition{};           // as it is written
  std::vector<std::string> names{};  // the variables in it, each once
};

struct Compiled {
  std::string file{};
  std::vector<Instruction> instructions{};
  std::vector<Value> constants{};
  std::vector<std::string> names{};
  std::vector<Assertion> assertions{};
};

Compiled compile(const Code& code, std::string_view file);

}  // namespace ringside::packetdrill
