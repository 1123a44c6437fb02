// Every path of the library is in one family, with what it is built on where there is room for that.
#include "window/path_families.hpp"

#include <algorithm>
#include <set>

#include "catch.hpp"

using namespace ringside;
using window::PathFamily;

namespace {

std::vector<std::string> names(const PathFamily& family) {
  std::vector<std::string> all;
  for (const window::PathEntry& path : family.members) all.push_back(path.name);
  return all;
}

}  // namespace

TEST_CASE("a path belongs with what it is built on", "[families]") {
  const auto families = window::families_of(
      {{.name = "a"}, {.name = "b", .based_on = "a"}, {.name = "c"}, {.name = "d", .based_on = "b"}});
  REQUIRE(families.size() == 2);
  CHECK(names(families[0]) == std::vector<std::string>{"a", "b", "d"});
  CHECK(names(families[1]) == std::vector<std::string>{"c"});
}

TEST_CASE("a family that would be long is several", "[families]") {
  std::vector<window::PathEntry> all{
      {.name = "root"}, {.name = "x", .based_on = "root"}, {.name = "y", .based_on = "x"}};
  for (char leaf = 'a'; leaf < 'h'; ++leaf) all.push_back({.name = std::string{leaf}, .based_on = "root"});
  const auto families = window::families_of(all);
  REQUIRE(families.size() == 2);
  CHECK(names(families[0]).front() == "root");
  CHECK(names(families[0]).size() == 8);
  CHECK(names(families[1]) == std::vector<std::string>{"x", "y"});
}

TEST_CASE("the library's paths are in one family each", "[families]") {
  const auto library = scenarios::locate_library();
  REQUIRE(library);
  std::multiset<std::string> found;
  for (const PathFamily& family : window::families_of(window::paths_of(*library)))
    for (const std::string& name : names(family)) found.insert(name);
  const auto all = library->names(scenarios::Kind::path);
  CHECK(found == std::multiset<std::string>(all.begin(), all.end()));
}
