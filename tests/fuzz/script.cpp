// Whatever the bytes are: as a script, as a code block and as a command they are read or refused, in bounded
// time and memory; and a script's events are what is read from their text.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "ringside/packetdrill/code.hpp"
#include "ringside/packetdrill/command.hpp"
#include "ringside/packetdrill/text.hpp"

namespace {

using namespace ringside::packetdrill;

template <class Action>
void read_or_refused(Action action) {
  try {
    action();
  } catch (const ScriptError&) {
  }
}

void run(const Code& code, Interpreter& interpreter) {
  read_or_refused([&] { interpreter.run(CodeBlock{code, "fuzz"}); });
}

void emulate(const Command& command) {
  read_or_refused([&] { settings_of(command, "fuzz"); });
}

// noexcept: what was printed cannot be refused.
void check_round_trip(const Event& event) noexcept {
  const bool text_of_its_own =
      std::holds_alternative<Command>(event.action) || std::holds_alternative<Code>(event.action);
  if (text_of_its_own) return;
  const std::string text = text_of(event);
  const Script again = parse_script("0 `first` " + text, "again");
  if (again.events.size() != 2 || text_of(again.events[1]) != text) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text{reinterpret_cast<const char*>(data), size};
  Interpreter interpreter{[](std::string_view) {}};
  for (const std::string_view name :
       {"tcpi_snd_cwnd", "tcpi_snd_ssthresh", "tcpi_state", "tcpi_lost", "a", "b"})
    interpreter.set(name, std::int64_t{10});
  run({.text = text}, interpreter);
  emulate({.text = text});
  read_or_refused([&] {
    const Script script = parse_script(text, "fuzz");
    if (script.init) emulate(*script.init);
    for (const Event& event : script.events) {
      check_round_trip(event);
      if (const auto* code = std::get_if<Code>(&event.action)) run(*code, interpreter);
      if (const auto* command = std::get_if<Command>(&event.action)) emulate(*command);
    }
  });
  return 0;
}
