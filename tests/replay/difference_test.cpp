// The parts of a difference add up to it exactly, and the k-th packet of one recording is the k-th of
// another.
#include "ringside/replay/difference.hpp"

#include "catch.hpp"
#include "made_up.hpp"
#include "recorded.hpp"
#include "ringside/replay/arrivals.hpp"

using namespace ringside;
using namespace ringside::replay;
using trace::Event;
using trace::Kind;

namespace {

std::vector<Step> way_of(std::uint64_t packet, trace::Recording& recording) {
  const auto first = find_mark(recording, packet, 0, recording.events());
  return first ? journey(recording, packet, *first).steps : std::vector<Step>{};
}

// Made up: each of them lasts until the next.
std::vector<Step> steps(const std::vector<Event>& marks) {
  std::vector<Step> all;
  for (const Event& mark : marks) {
    if (!all.empty()) all.back().lasts = mark.at - all.back().mark.at;
    all.push_back({.mark = mark});
  }
  return all;
}

Settings brief(const std::string& path, std::uint64_t seed = 1) {
  return {.path = path,
          .set = {{"offered_pps", "100k"}},
          .seed = seed,
          .warmup = Duration{0},
          .duration = Duration{5'000'000'000}};
}

Duration sum(const std::vector<Difference>& parts) {
  Duration sum{};
  for (const Difference& part : parts) sum += part.change();
  return sum;
}

}  // namespace

TEST_CASE("whatever the parts, their differences add up to the difference of the totals") {
  std::mt19937_64 random{17};
  for (int round = 0; round < 2000; ++round) {
    std::vector<Share> packets[2];
    for (auto& shares : packets)
      for (std::uint64_t left = random() % 20; left > 0; --left)
        shares.push_back({{static_cast<Part>(random() % 10), random() % 2 ? "a ring" : ""},
                          Duration{static_cast<std::int64_t>(random() % 1'000'000'000'000)}});
    const auto& [first, second] = packets;
    const auto parts = difference(first, second);
    CHECK(sum(parts) == total(second) - total(first));
    CHECK(total(summed(first)) == total(first));
    CHECK(std::ranges::is_sorted(parts, std::ranges::greater{},
                                 [](const Difference& part) { return std::chrono::abs(part.change()); }));
    CHECK(difference(first, first).empty());
    CHECK(difference(summed(first), summed(second)) == parts);
  }
}

TEST_CASE("each mark lasts until the next, under the name of its place") {
  const Cast cast = made_up_cast();
  const auto at = [](std::int64_t picoseconds) { return start_of_time + Duration{picoseconds}; };
  const std::vector<Event> way{{.at = at(10), .packet = 1, .host = 0, .index = 0, .kind = Kind::link},
                               {.at = at(30), .packet = 1, .host = 1, .index = 1, .kind = Kind::stage},
                               {.at = at(37), .packet = 1, .host = 1, .index = 0, .kind = Kind::queue},
                               {.at = at(87), .packet = 1, .host = 1, .index = 3, .kind = Kind::stage},
                               {.at = at(90), .packet = 1, .host = 1, .index = 4, .kind = Kind::stage},
                               {.at = at(95), .packet = 1, .host = 1, .index = 5, .kind = Kind::stage},
                               {.at = at(99), .packet = 1, .host = 1, .kind = Kind::end}};
  const std::vector<Share> expected{{{Part::wire}, Duration{20}},
                                    {{Part::nic}, Duration{7}},
                                    {{Part::waiting, "rx ring"}, Duration{50}},
                                    {{Part::softirq}, Duration{3}},
                                    {{Part::protocol}, Duration{5}},
                                    {{Part::user}, Duration{4}}};
  CHECK(shares(cast, steps(way)) == expected);
  CHECK(shares(cast, {}).empty());
}

TEST_CASE("what an interruption took is no part of the stage") {
  const Cast cast = made_up_cast();
  const auto at = [](std::int64_t picoseconds) { return start_of_time + Duration{picoseconds}; };
  auto way = steps({{.at = at(10), .packet = 1, .host = 1, .index = 4, .kind = Kind::stage},
                    {.at = at(70), .packet = 1, .host = 1, .index = 3, .kind = Kind::held},
                    {.at = at(75), .packet = 1, .host = 1, .index = 5, .kind = Kind::stage},
                    {.at = at(99), .packet = 1, .host = 1, .kind = Kind::end}});
  way[0].interrupted = Duration{53};
  const std::vector<Share> expected{{{Part::protocol}, Duration{7}},
                                    {{Part::interrupted}, Duration{53}},
                                    {{Part::waiting, cast.hosts[1].path.stages[3].name}, Duration{5}},
                                    {{Part::user}, Duration{24}}};
  CHECK(shares(cast, way) == expected);
}

TEST_CASE("what comes to the same place at the same time is compared packet by packet") {
  const Recorded sockets{"roads", brief("napi-socket")}, zero_copy{"roads", brief("af-xdp-zerocopy")};
  const Cast first = cast_of(sockets.recording->meta()), second = cast_of(zero_copy.recording->meta());
  const auto of_sockets = Arrivals::of(*sockets.recording, first).value();
  const auto of_zero_copy = Arrivals::of(*zero_copy.recording, second).value();
  CHECK(of_sockets.in_order().size() > 400);
  CHECK(of_sockets.same(of_zero_copy));
  auto longer = of_sockets.in_order();
  CHECK(longer.at(5).bytes > 0);
  ++longer[5].bytes;
  CHECK_FALSE(of_sockets.same(Arrivals{longer}));
  const std::uint64_t packet = of_sockets.in_order().at(17).packet;
  const auto other = of_sockets.counterpart(packet, of_zero_copy);
  REQUIRE(other.has_value());
  CHECK(of_zero_copy.rank(*other) == 17);
  const auto slow = way_of(packet, *sockets.recording), fast = way_of(*other, *zero_copy.recording);
  REQUIRE(slow.size() > 5);
  REQUIRE(fast.size() > 5);
  const auto slow_shares = shares(first, slow), fast_shares = shares(second, fast);
  CHECK(total(slow_shares) == slow.back().mark.at - slow.front().mark.at);
  const auto parts = difference(slow_shares, fast_shares);
  CHECK(sum(parts) ==
        (fast.back().mark.at - fast.front().mark.at) - (slow.back().mark.at - slow.front().mark.at));
  const auto copy = std::ranges::find(parts, PartName{Part::copy}, &Difference::of);
  REQUIRE(copy != parts.end());
  CHECK(copy->first > Duration{0});
  CHECK(copy->second == Duration{0});
}

TEST_CASE("other arrivals are noticed, and frames that found no descriptor have arrived, too") {
  const Recorded one{"roads", brief("napi-socket")}, other{"roads", brief("napi-socket", 2)};
  const Cast cast = cast_of(one.recording->meta());
  const auto of_one = Arrivals::of(*one.recording, cast).value();
  CHECK_FALSE(of_one.same(Arrivals::of(*other.recording, cast).value()));
  CHECK_FALSE(of_one.rank(0).has_value());
  Settings flood = brief("napi-socket");
  flood.set = {{"offered_pps", "20M"}};
  const Recorded fast{"roads", flood};
  flood.path = "dpdk";
  const Recorded faster{"roads", flood};
  const auto of_fast = Arrivals::of(*fast.recording, cast_of(fast.recording->meta())).value();
  const auto of_faster = Arrivals::of(*faster.recording, cast_of(faster.recording->meta())).value();
  CHECK(static_cast<double>(of_fast.in_order().size()) ==
        Approx(metric(fast.result, "offered_packets")).margin(3));
  const auto many = std::min(of_fast.in_order().size(), of_faster.in_order().size()) - 3;
  CHECK(Arrivals{{of_fast.in_order().begin(), of_fast.in_order().begin() + static_cast<std::ptrdiff_t>(many)}}
            .same(Arrivals{{of_faster.in_order().begin(),
                            of_faster.in_order().begin() + static_cast<std::ptrdiff_t>(many)}}));
}
