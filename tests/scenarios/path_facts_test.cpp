// Each path of the library comes back from its facts as it was, whatever its parameters are set to.
#include <nlohmann/json.hpp>

#include "catch.hpp"
#include "ringside/path/compile.hpp"
#include "ringside/path/describe.hpp"
#include "ringside/scenarios/load.hpp"

using namespace ringside;

namespace {

const scenarios::Library shipped{"scenarios"};

path::Path load(const std::string& name) {
  scenarios::Findings findings;
  auto path = scenarios::load_path(name, shipped, findings);
  REQUIRE(path.has_value());
  return *std::move(path);
}

path::Profile machine() {
  scenarios::Findings findings;
  return scenarios::load_profile("xeon-2018", shipped, findings).value();
}

void check_same(const path::Path& path, const path::Profile& profile) {
  const path::Path again = path::from_json(path::describe_json(path));
  CHECK(path::describe_json(again) == path::describe_json(path));
  CHECK(path::describe_text(again, path::Language::both) == path::describe_text(path, path::Language::both));
  CHECK(path::describe_svg(again, path::Language::both) == path::describe_svg(path, path::Language::both));
  CHECK(path::compile(again, profile) == path::compile(path, profile));
}

// What from_json says when the value at a place is another one.
std::string refusal(const std::string& place, const nlohmann::ordered_json& value) {
  auto json = nlohmann::ordered_json::parse(path::describe_json(load("napi-socket")));
  json[nlohmann::ordered_json::json_pointer{place}] = value;
  try {
    path::from_json(json.dump());
  } catch (const std::runtime_error& error) {
    return error.what();
  }
  return "accepted";
}

}  // namespace

TEST_CASE("every path of the library comes back from its facts") {
  const path::Profile profile = machine();
  for (const std::string& name : shipped.names(scenarios::Kind::path)) {
    CAPTURE(name);
    check_same(load(name), profile);
  }
}

// All at once: what a parameter sets is seen in the facts, and drawing each path anew for each of them would
// take minutes.
TEST_CASE("a path comes back with what its parameters are set to") {
  const path::Profile profile = machine();
  for (const std::string& name : shipped.names(scenarios::Kind::path)) {
    path::Path changed = load(name);
    for (const path::Parameter& parameter : std::vector{changed.parameters}) {
      CAPTURE(name, parameter.key);
      REQUIRE(path::set(changed, parameter.key, 1));
    }
    CAPTURE(name);
    check_same(changed, profile);
  }
}

TEST_CASE("what is no path is refused with its place") {
  CHECK(refusal("/since/year", "1983") ==
        "since.year: expected a whole number from 0 to 2147483647, found \"1983\"");
  CHECK(refusal("/stages/1/why", nullptr) == "stages[1].why: expected a map, found null");
  CHECK(refusal("/stages/2/memory", "kopy") ==
        "stages[2].memory: expected one of none, dma, copy, map, reference, found \"kopy\"");
  CHECK(refusal("/hops/0/to", "nowhere") == "hops[0].to: expected the name of a stage, found \"nowhere\"");
  CHECK(refusal("/hops/0/at", "once") == "hops[0].at: expected 'batch end', found \"once\"");
  CHECK(refusal("/sources", "a book") == "sources: expected a list, found \"a book\"");
  CHECK(refusal("/cores", 3000000000) ==
        "cores: expected a whole number from 0 to 2147483647, found 3000000000");
  CHECK(refusal("/zero copy", 1) == "zero copy: expected true or false, found 1");
  CHECK(refusal("/stages/0/at longest", "1 parsec") ==
        "stages[0].at longest: expected a time such as 64us, found \"1 parsec\"");
  CHECK(refusal("/stages/0/at longest", "9223372036855s") ==
        "stages[0].at longest: expected a time such as 64us, found \"9223372036855s\"");
  CHECK(refusal("/a key of a later version", 1) == "accepted");
  CHECK_THROWS_WITH(path::from_json("{"), Catch::StartsWith("expected JSON: "));
  CHECK_THROWS_WITH(path::from_json("{}"), "expected the key 'path', found a map");
  CHECK_THROWS_AS(path::from_json(std::string(1'000'000, '[')), std::runtime_error);
  CHECK_THROWS_AS(
      path::from_json("{\"path\": " + std::string(100'000, '[') + std::string(100'000, ']') + "}"),
      std::runtime_error);
}

TEST_CASE("two stages of one name are refused") {
  const auto first = load("napi-socket").stages[0].name;
  CHECK(refusal("/stages/1/name", first) ==
        "stages[1].name: expected a name that no other stage has, found \"" + first + "\"");
}
