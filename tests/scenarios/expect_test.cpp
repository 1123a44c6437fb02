// The language of expectations.
#include "ringside/scenarios/expect.hpp"

#include <cmath>

#include "catch.hpp"

using namespace ringside::scenarios;

namespace {

const Figures run{
    {"delivered_pps", 4000}, {"offered_pps", 5000}, {"server.delivered_pps", 3}, {"delay", 10'000}};

ExpectationResult judge(std::string_view text) { return ParsedExpectation{text}.judge(run); }

// A hill: 10, 20, 5 at 1, 2, 4.
const Sweep hill{
    .x = {1, 2, 4},
    .runs = {
        {{"y", 10}, {"z", 1}, {"k", 7}}, {{"y", 20}, {"z", 1}, {"k", 7}}, {{"y", 5}, {"z", 3}, {"k", 7}}}};

ExpectationResult over(std::string_view text) {
  const ParsedExpectation expectation{text};
  CHECK(expectation.over_sweep());
  return expectation.judge(hill);
}

struct Refused {
  std::size_t offset;
  std::string message;
  bool operator==(const Refused&) const = default;
};
std::ostream& operator<<(std::ostream& out, const Refused& r) { return out << r.offset << ": " << r.message; }

Refused refused(std::string_view text, const Sweep& sweep = {.runs = {run}}) {
  try {
    ParsedExpectation{text}.judge(sweep);
  } catch (const ExpectError& error) {
    return {error.offset, error.what()};
  }
  return {0, "accepted"};
}

}  // namespace

TEST_CASE("comparisons of sums and products") {
  CHECK(judge("delivered_pps > 3999").holds);
  CHECK_FALSE(judge("delivered_pps > 4000").holds);
  CHECK(judge("delivered_pps >= 4000").holds);
  CHECK(judge("delivered_pps == 0.8 * offered_pps").holds);
  CHECK(judge("delivered_pps != offered_pps").holds);
  CHECK(judge("server.delivered_pps<=3").holds);
  CHECK(judge("delay < 11us").holds);
  CHECK(judge("1 + 2 * 3 - 8 / 4 == 5").holds);
  CHECK(judge("-(1 - 3) == 2").holds);
  CHECK(judge("8 / 4 / 2 == 1").holds);
  CHECK(judge("abs(delivered_pps - offered_pps) <= 1k").holds);
  CHECK(judge("2 * delivered_pps > 1e4").actual == 8000);
}

TEST_CASE("functions over a sweep") {
  CHECK(over("max(y) == 20").holds);
  CHECK(over("min(y) == 5").holds);
  CHECK(over("argmax(y) == 2").holds);
  CHECK(over("argmin(y) == 4").holds);
  CHECK(over("at(3, y) == 12.5").holds);
  CHECK(over("at(2 * argmax(y), y) <= 0.75 * max(y)").holds);
  CHECK(over("max(y / z) == 20").holds);
  CHECK(over("max(y) > k").holds);
  CHECK(over("increasing(z)").holds);
  CHECK_FALSE(over("increasing(y)").holds);
  CHECK(over("decreasing(-z)").holds);
  CHECK(over("decreasing(y) == 0").holds);
  CHECK(over("argmax(z * 0) == 1").holds);  // the first of equals
}

TEST_CASE("what cannot be judged does not hold, and says why") {
  CHECK_FALSE(judge("delivered_pps / 0 > 1").holds);
  CHECK(judge("delivered_pps / 0 > 1").note == "divides by zero");
  CHECK(std::isnan(judge("delivered_pps / 0 > 1").actual));
  CHECK(over("at(5, y) > 0").note == "5 lies outside of the sweep");
  const Sweep words{.x = {NAN}, .runs = {run}};
  CHECK(ParsedExpectation{"argmax(delay) > 0"}.judge(words).note == "the varied key is no number");
  const Sweep gap{.x = {1, 2}, .runs = {{{"y", 1}}, {}}};
  CHECK(ParsedExpectation{"max(y) > 0"}.judge(gap).note == "y was not measured in every run");
}

TEST_CASE("errors have a place") {
  CHECK(refused("delivered_pps >") == Refused{15, "expected a number, a name or '(', found the end"});
  CHECK(refused("delivered_pps") ==
        Refused{13, "expected a comparison: <, <=, >, >=, == or !=, found the end"});
  CHECK(refused("1 < 2 < 3") == Refused{6, "expected the end of the expectation, found '<'"});
  CHECK(refused("(1 < 2") == Refused{3, "expected ')', found '<'"});
  CHECK(refused("1 < 2x") == Refused{4, "expected a number, found '2x'"});
  CHECK(refused("1 < deliverd_pps") ==
        Refused{4, "no metric or parameter 'deliverd_pps'; did you mean 'delivered_pps'?"});
  CHECK(refused("mox(y) > 1") == Refused{0, "no function 'mox'; did you mean 'max'?"});
  CHECK(refused("max(min(y)) > 1") == Refused{4, "min() stands inside of another function over the sweep"});
  CHECK(refused("max(y) > z", hill) == Refused{9, "'z' differs from run to run: write at(x, z), max(z)..."});
  CHECK(refused("at(1) > 0") == Refused{4, "expected ',', found ')'"});
}

TEST_CASE("depth and length are bounded") {
  CHECK(refused(std::string(500, '(') + "1").message == "nested deeper than 64 levels, found '('");
  CHECK(refused(std::string(500, '-') + "1").message == "nested deeper than 64 levels, found '-'");
  CHECK(refused(std::string(5000, '1')).message == "longer than 1000 bytes");
}

TEST_CASE("a published figure is met within its tolerance, and its text is one expression") {
  const PublishedFigure figure{.id = "A-01", .value = 20, .within = 0.1};
  const auto judged = [&](std::string_view text) { return ParsedExpectation{text, figure}.judge(hill); };
  CHECK(judged("max(y)").holds);
  CHECK(judged("max(y)").text == "max(y) within 10 % of 20 (A-01)");
  CHECK(judged("max(y) - 2").holds);
  CHECK_FALSE(judged("max(y) - 2.1").holds);
  CHECK_FALSE(judged("at(9, y)").holds);  // cannot be judged
  CHECK(judged("at(9, y)").failed());
  CHECK_THROWS_AS((ParsedExpectation{"max(y) > 2", figure}), ExpectError);
  CHECK_THROWS_AS(ParsedExpectation{"max(y)"}, ExpectError);
}
