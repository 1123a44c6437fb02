// The words of the route map language, in both directions.
#include "catch.hpp"
#include "ringside/path/path.hpp"

using namespace ringside::path;

namespace {

template <class Word>
void round_trip(std::size_t count) {
  const auto all = words<Word>();
  CHECK(all.size() == count);
  for (const auto word : all) {
    REQUIRE(parse<Word>(word));
    CHECK(to_string(*parse<Word>(word)) == word);
  }
  CHECK_FALSE(parse<Word>("no such word"));
  CHECK_FALSE(parse<Word>(""));
}

}  // namespace

TEST_CASE("every word of the language is read as it is written") {
  round_trip<Domain>(6);
  round_trip<Memory>(5);
  round_trip<Region>(5);
  round_trip<Work>(19);
  round_trip<Verdict>(20);
  round_trip<Unit>(2);
  round_trip<Full>(2);
  round_trip<Drain>(2);
  round_trip<Slots>(2);
  round_trip<Consumers>(2);
  round_trip<Raise>(5);
  round_trip<Mask>(2);
  round_trip<Member>(15);
}

TEST_CASE("words of several parts are written as in a route map") {
  CHECK(to_string(Mask::until_polled_empty) == "until polled empty");
  CHECK(to_string(Region::page_cache) == "page cache");
  CHECK(to_string(Member::demote_after) == "demote after");
  CHECK(parse<Domain>("softirq") == Domain::softirq);
  CHECK(parse<Full>("drop") == Full::drop);
}
