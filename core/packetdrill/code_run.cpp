#include <fmt/format.h>

#include <utility>

#include "characters.hpp"
#include "code_program.hpp"
#include "ringside/packetdrill/code.hpp"

namespace ringside::packetdrill {
namespace {

struct Constant {
  std::string_view name;
  std::int64_t value;
};
constexpr Constant constants[]{{"TCP_ESTABLISHED", 1},
                               {"TCP_SYN_SENT", 2},
                               {"TCP_SYN_RECV", 3},
                               {"TCP_FIN_WAIT1", 4},
                               {"TCP_FIN_WAIT2", 5},
                               {"TCP_TIME_WAIT", 6},
                               {"TCP_CLOSE", 7},
                               {"TCP_CLOSE_WAIT", 8},
                               {"TCP_LAST_ACK", 9},
                               {"TCP_LISTEN", 10},
                               {"TCP_CLOSING", 11},
                               {"TCP_CA_Open", 0},
                               {"TCP_CA_Disorder", 1},
                               {"TCP_CA_CWR", 2},
                               {"TCP_CA_Recovery", 3},
                               {"TCP_CA_Loss", 4},
                               {"TCPI_OPT_TIMESTAMPS", 1},
                               {"TCPI_OPT_SACK", 2},
                               {"TCPI_OPT_WSCALE", 4},
                               {"TCPI_OPT_ECN", 8},
                               {"TCPI_OPT_ECN_SEEN", 16},
                               {"TCPI_OPT_SYN_DATA", 32},
                               {"TCPI_ECN_MODE_DISABLED", 0},
                               {"TCPI_ECN_MODE_RFC3168", 1},
                               {"TCPI_ECN_MODE_ACCECN", 2},
                               {"TCPI_ECN_MODE_PENDING", 3},
                               {"TCP_ACCECN_OPT_NOT_SEEN", 0},
                               {"TCP_ACCECN_OPT_EMPTY_SEEN", 1},
                               {"TCP_ACCECN_OPT_COUNTER_SEEN", 2},
                               {"TCP_ACCECN_OPT_FAIL_SEEN", 3},
                               {"TCP_ACCECN_ACE_FAIL_SEND", 1},
                               {"TCP_ACCECN_ACE_FAIL_RECV", 2},
                               {"TCP_ACCECN_OPT_FAIL_SEND", 4},
                               {"TCP_ACCECN_OPT_FAIL_RECV", 8}};

using Variables = std::map<std::string, Value, std::less<>>;

// One run of one block.
class Machine {
 public:
  Machine(const Compiled& program, Variables& variables, const Interpreter::Print& print)
      : program_{program}, variables_{variables}, print_{print} {}

  void run() {
    while (next_ < program_.instructions.size()) {
      const Instruction& instruction = program_.instructions[next_++];
      try {
        step(instruction);
      } catch (const Refusal& refusal) {
        throw ScriptError{refusal.fault, program_.file, instruction.at, refusal.message};
      }
    }
  }

 private:
  void step(const Instruction& now) {
    switch (now.step) {
      case Step::constant: return push(program_.constants[now.operand]);
      case Step::load: return load(program_.names[now.operand]);
      case Step::store: return store(program_.names[now.operand], pop());
      case Step::sign: return push(with_sign(static_cast<Sign>(now.operand), pop()));
      case Step::negate: return push(!truth(pop()));
      case Step::combine: return combine(static_cast<Operator>(now.operand));
      case Step::compare: return compare(static_cast<Relation>(now.operand));
      case Step::compare_on: return compare_on(static_cast<Relation>(now.operand), now.target);
      case Step::and_then: return junction(false, now.target);
      case Step::or_else: return junction(true, now.target);
      case Step::tuple: return push(tuple(pop(now.operand)));
      case Step::call: return push(call(static_cast<Function>(now.operand), pop(now.count)));
      case Step::print: return print(pop(now.operand));
      case Step::drop: return static_cast<void>(pop());
      case Step::pass_if: return pass_if(truth(pop()), now.target);
      case Step::skip_unless: return pass_if(!truth(pop()), now.target);
      case Step::go_to: return pass_if(true, now.target);
      case Step::assertion: fail(program_.assertions[now.operand], now.count > 0);
    }
  }

  // A figure of the kernel's that this stack does not have is another matter than a name that nobody knows.
  void load(const std::string& name) {
    const auto found = variables_.find(name);
    if (found != variables_.end()) return push(found->second);
    if (name.starts_with("tcpi_")) refuse_unsupported(fmt::format("the variable {}", shown(name)));
    refuse(fmt::format("expected a variable, found '{}', which has no value", shown(name)));
  }
  void store(const std::string& name, Value value) { variables_.insert_or_assign(name, std::move(value)); }

  void combine(Operator op) {
    const Value right = pop(), left = pop();
    push(combined(op, left, right));
  }
  void compare(Relation relation) {
    const Value right = pop(), left = pop();
    push(holds(relation, left, right));
  }
  void compare_on(Relation relation, std::size_t target) {
    Value right = pop();
    const bool goes_on = holds(relation, pop(), right);
    push(goes_on ? std::move(right) : Value{false});
    if (!goes_on) next_ = target;
  }
  void junction(bool decided, std::size_t target) {
    if (truth(stack_.back()) == decided)
      next_ = target;
    else
      stack_.pop_back();
  }

  void pass_if(bool condition, std::size_t target) {
    if (condition) next_ = target;
  }

  static Value tuple(const std::vector<Value>& values) {
    std::vector<Scalar> items;
    for (const Value& value : values) {
      if (const auto* truth = std::get_if<bool>(&value))
        items.emplace_back(*truth);
      else if (const auto* number = std::get_if<std::int64_t>(&value))
        items.emplace_back(*number);
      else if (const auto* fraction = std::get_if<double>(&value))
        items.emplace_back(*fraction);
      else if (const auto* text = std::get_if<std::string>(&value))
        items.emplace_back(*text);
      else
        refuse_unsupported("tuples within tuples");
    }
    return items;
  }

  void print(const std::vector<Value>& values) {
    std::string line;
    for (const Value& value : values) line += (&value == &values.front() ? "" : " ") + str(value);
    print_(line);
  }

  // "expected tcpi_snd_cwnd == 10, found tcpi_snd_cwnd = 9: the message"
  [[noreturn]] void fail(const Assertion& assertion, bool has_message) {
    std::string text = fmt::format("expected {}", assertion.condition);
    std::string_view separator = ", found ";
    for (const std::string& name : assertion.names) {
      const auto found = variables_.find(name);
      if (found == variables_.end()) continue;
      text += fmt::format("{}{} = {}", separator, shown(name), repr(found->second));
      separator = ", ";
    }
    if (has_message) text += ": " + str(pop());
    refuse(std::move(text));
  }

  void push(Value value) { stack_.push_back(std::move(value)); }
  Value pop() {
    Value top = std::move(stack_.back());
    stack_.pop_back();
    return top;
  }
  std::vector<Value> pop(std::size_t count) {
    std::vector<Value> values(std::make_move_iterator(stack_.end() - static_cast<std::ptrdiff_t>(count)),
                              std::make_move_iterator(stack_.end()));
    stack_.resize(stack_.size() - count);
    return values;
  }

  const Compiled& program_;
  Variables& variables_;
  const Interpreter::Print& print_;
  std::vector<Value> stack_{};
  std::size_t next_ = 0;
};

}  // namespace

CodeBlock::CodeBlock(const Code& code, std::string_view file)
    : compiled_{std::make_shared<const Compiled>(compile(code, file))} {}

Interpreter::Interpreter(Print print) : print_{std::move(print)} {
  for (const Constant& constant : constants) set(constant.name, constant.value);
}

void Interpreter::set(std::string_view name, Value value) {
  variables_.insert_or_assign(std::string{name}, std::move(value));
}

const Value* Interpreter::find(std::string_view name) const {
  const auto found = variables_.find(name);
  return found == variables_.end() ? nullptr : &found->second;
}

void Interpreter::run(const CodeBlock& block) { Machine{*block.compiled_, variables_, print_}.run(); }

}  // namespace ringside::packetdrill
