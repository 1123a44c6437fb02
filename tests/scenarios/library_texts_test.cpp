// The texts that ship are right, and 2000 broken versions of them are refused with a finding, or accepted,
// and no more.
#include <cstdint>
#include <fstream>
#include <sstream>

#include "catch.hpp"
#include "findings.hpp"
#include "ringside/path/check.hpp"
#include "ringside/scenarios/load.hpp"
#include "sample_texts.hpp"

using namespace ringside;
using namespace ringside::scenarios;

namespace {

const Library shipped{"scenarios"};

struct Sample {
  Kind kind{};
  std::string name{};
  std::string content{};
};

std::vector<Sample> texts() {
  std::vector<Sample> all;
  Findings findings;
  for (Kind kind : {Kind::path, Kind::profile, Kind::scenario})
    for (const std::string& name : shipped.names(kind)) {
      std::ostringstream content;
      content << std::ifstream{*shipped.find(kind, name, {}, name, {}, findings), std::ios::binary}.rdbuf();
      all.push_back({kind, name, content.str()});
    }
  return all;
}

bool loads(Kind kind, const std::string& name, Findings& findings) {
  switch (kind) {
    case Kind::path: return load_path(name, shipped, findings).has_value();
    case Kind::profile: return load_profile(name, shipped, findings).has_value();
    case Kind::scenario: return load_scenario(name, {}, shipped, findings).has_value();
  }
  return false;
}

// xorshift64*, Marsaglia 2003: the same mutations on every machine.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_{seed} {}
  std::size_t below(std::size_t n) {
    state_ ^= state_ >> 12;
    state_ ^= state_ << 25;
    state_ ^= state_ >> 27;
    return static_cast<std::size_t>((state_ * 0x2545F4914F6CDD1DULL) >> 32) % n;
  }

 private:
  std::uint64_t state_;
};

std::string mutated(const std::string& text, Dice& dice) {
  static const std::vector<std::string> tokens{
      "{",  "}", "[",    "]", ": ", "- ", "\n", "  ", "\"",   "&a ",
      "*a", "!", "$x",   "'", "|",  ">",  "#",  "%",  "\xFF", "999999999999999999999",
      "-1", "0", "1e999"};
  std::string result = text;
  for (std::size_t changes = 1 + dice.below(4); changes > 0; --changes) {
    const std::size_t at = dice.below(result.size());
    const std::size_t length = std::min(result.size() - at, dice.below(40));
    switch (dice.below(5)) {
      case 0: result[at] = static_cast<char>(dice.below(256)); break;
      case 1: result.erase(at, length); break;
      case 2: result.insert(at, tokens[dice.below(tokens.size())]); break;
      case 3: result.insert(dice.below(result.size()), result.substr(at, length)); break;
      case 4: result.resize(at + 1); break;
    }
    if (result.empty()) result = "x";
  }
  return result;
}

}  // namespace

TEST_CASE("every text that ships is right") {
  for (const Sample& text : texts()) {
    INFO(text.name);
    Findings findings;
    CHECK(loads(text.kind, text.name, findings));
    CHECK(lines(findings) == Lines{});
  }
}

TEST_CASE("any path runs on any machine: each operation has a price") {
  Findings findings;
  for (const std::string& machine : shipped.names(Kind::profile)) {
    const auto profile = load_profile(machine, shipped, findings);
    for (const std::string& name : shipped.names(Kind::path)) {
      INFO(name << " on " << machine);
      const auto path = load_path(name, shipped, findings);
      CHECK(path::missing_operations(*path, *profile) == std::vector<std::string>{});
    }
  }
}

TEST_CASE("arbitrary damage is answered by a finding") {
  const samples::ScratchLibrary scratch;
  const std::vector<Sample> all = texts();
  REQUIRE_FALSE(all.empty());
  Dice dice{1997};
  int accepted = 0, refused = 0;
  for (int i = 0; i < 2000; ++i) {
    const Sample& text = all[static_cast<std::size_t>(i) % all.size()];
    const std::string file = scratch.write("mutated.yaml", mutated(text.content, dice));
    Findings findings;
    if (loads(text.kind, file, findings)) {
      CHECK(findings.empty());
      ++accepted;
    } else {
      CHECK_FALSE(findings.empty());
      ++refused;
    }
  }
  CHECK(refused > 1000);
  CHECK(accepted > 0);
}
