// Whole scripts: each is read, its code compiled, its commands understood; and the fuzzer's entry takes them,
// and every beginning of them, without complaint.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "catch.hpp"
#include "message_of.hpp"
#include "ringside/packetdrill/code.hpp"
#include "ringside/packetdrill/command.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace ringside::packetdrill::test {
namespace {

struct Example {
  std::string name{}, text{};
};

std::vector<Example> examples() {
  std::vector<Example> all;
  for (const auto& entry : std::filesystem::directory_iterator{"tests/packetdrill/scripts"}) {
    std::ostringstream text;
    text << std::ifstream{entry.path()}.rdbuf();
    all.push_back({.name = entry.path().filename(), .text = text.str()});
  }
  std::sort(all.begin(), all.end(), [](const Example& a, const Example& b) { return a.name < b.name; });
  return all;
}

void understand(const Example& example) {
  const Script script = parse_script(example.text, example.name);
  if (script.init) settings_of(*script.init, script.file);
  if (script.cleanup) settings_of(*script.cleanup, script.file);
  for (const Event& event : script.events) {
    if (const auto* code = std::get_if<Code>(&event.action)) CodeBlock{*code, script.file};
    if (const auto* command = std::get_if<Command>(&event.action)) settings_of(*command, script.file);
  }
}

}  // namespace

TEST_CASE("the example scripts are understood") {
  REQUIRE(examples().size() == 7);
  for (const Example& example : examples())
    CHECK(example.name + ": " + message_of([&] { understand(example); }) == example.name + ": no error");
}

TEST_CASE("what blocks compute holds") {
  const auto all = examples();
  const auto example =
      std::find_if(all.begin(), all.end(), [](const Example& e) { return e.name == "blocks-compute.pkt"; });
  REQUIRE(example != all.end());
  std::vector<std::string> lines;
  Interpreter interpreter{[&](std::string_view line) { lines.emplace_back(line); }};
  for (const Event& event : parse_script(example->text, example->name).events)
    if (const auto* code = std::get_if<Code>(&event.action)) interpreter.run(CodeBlock{*code, example->name});
  CHECK(lines == std::vector<std::string>{"two strings\t'\\     1|-2   |00003|+4| 5|0x6|ab|ab    |'c'|%",  //
                                          "3 -7 7 4.0 9 1 b", ""});
}

// It ends the program where something is read that is not printed as the same.
TEST_CASE("every beginning of an example is read or refused") {
  for (const Example& example : examples())
    for (std::size_t length = 0; length <= example.text.size(); ++length)
      LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(example.text.data()), length);
  SUCCEED("it got here");
}

}  // namespace ringside::packetdrill::test
