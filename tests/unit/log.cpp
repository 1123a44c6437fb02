// Journeys: the marks of a packet, behind those of what caused it.
#include "ringside/trace/log.hpp"

#include "catch.hpp"

using namespace ringside;
using namespace std::chrono_literals;
using trace::Kind;

namespace {
trace::Event mark(Duration at, std::uint64_t packet, std::uint16_t index, Kind kind = Kind::stage) {
  return {.at = start_of_time + at, .packet = packet, .index = index, .kind = kind};
}
}  // namespace

TEST_CASE("an answer's journey begins with the request's, up to where the answer was made") {
  trace::JourneyLog log;
  log.add(mark(0us, 1, 10));
  log.add(mark(2us, 1, 11));
  log.add(mark(5us, 1, 12));  // here the answer is made
  log.add({.packet = 2, .other = 1, .kind = Kind::birth});
  log.add(mark(6us, 2, 20));
  log.add(mark(9us, 2, 0, Kind::end));

  const auto all = trace::journeys(log);
  REQUIRE(all.size() == 1);
  std::vector<std::uint16_t> places;
  for (const auto& m : all[0]) places.push_back(m.index);
  CHECK(places == std::vector<std::uint16_t>{10, 11, 12, 20, 0});
  CHECK(all[0].back().at - all[0].front().at == 9us);
}

TEST_CASE("a packet that never ends has no journey") {
  trace::JourneyLog log;
  log.add(mark(0us, 1, 10));
  CHECK(trace::journeys(log).empty());
}
