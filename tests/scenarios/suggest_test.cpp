// The nearest word.
#include "ringside/scenarios/suggest.hpp"

#include "catch.hpp"

using namespace ringside::scenarios;

TEST_CASE("a swap, a slip and a lost letter each cost one") {
  CHECK(edit_distance("budget", "budget") == 0);
  CHECK(edit_distance("bugdet", "budget") == 1);
  CHECK(edit_distance("budgft", "budget") == 1);
  CHECK(edit_distance("budet", "budget") == 1);
  CHECK(edit_distance("", "abc") == 3);
}

TEST_CASE("only what is near is suggested") {
  CHECK(did_you_mean("stagse", {"hops", "stages"}) == "; did you mean 'stages'?");
  CHECK(did_you_mean("xyzzy", {"hops", "stages"}).empty());
  CHECK(did_you_mean_or_list("xyzzy", {"hops", "stages"}) == "; expected one of hops, stages");
  CHECK(did_you_mean(std::string(100'000, 'x'), {"stages"}).empty());
  const std::string hostile(65, 's');
  CHECK(did_you_mean(hostile.substr(1), {hostile}).empty());  // longer than any name that is compared
}
