// The code blocks of a script: the part of Python that assertions need.
//
//     %{ assert tcpi_snd_cwnd == 10, 'cwnd is %d' % tcpi_snd_cwnd }%
//
// Values are integers of 64 bits, doubles, strings, booleans, and tuples of such. There are assert, print(),
// assignments such as = and +=; if, elif and else, also within expressions; chained comparisons, in, and, or,
// not, arithmetic as Python's, `%` of strings and f-strings, abs(), min(), max(), int(), float() and round().
// There are no loops, functions or attributes: a block's time is bounded by its length. What Python has
// beyond that is an error of Fault::unsupported; an assertion that does not hold is one of Fault::failed.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "ringside/packetdrill/script.hpp"

namespace ringside::packetdrill {

struct Compiled;

// A block, parsed once. Throws ScriptError, with the place in the script.
class CodeBlock {
 public:
  CodeBlock(const Code& code, std::string_view file);

 private:
  friend class Interpreter;
  std::shared_ptr<const Compiled> compiled_;
};

using Scalar = std::variant<bool, std::int64_t, double, std::string>;
using Value = std::variant<bool, std::int64_t, double, std::string, std::vector<Scalar>>;

// All blocks of a script run in one, in their order; variables live on. It knows the constants
// (TCP_ESTABLISHED, TCP_CA_Open, TCPI_OPT_SACK, ...); tcpi_snd_cwnd and its like are set before each block.
class Interpreter {
 public:
  using Print = std::function<void(std::string_view line)>;

  explicit Interpreter(Print print);

  void set(std::string_view name, Value value);
  const Value* find(std::string_view name) const;
  void run(const CodeBlock& block);  // throws ScriptError

 private:
  Print print_;
  std::map<std::string, Value, std::less<>> variables_;
};

}  // namespace ringside::packetdrill
