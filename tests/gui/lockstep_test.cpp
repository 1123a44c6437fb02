// Where the sides of a comparison stand when the first one moves.
#include "model/lockstep.hpp"

#include "catch.hpp"
#include "replay/made_up.hpp"
#include "replay/recorded.hpp"

using namespace ringside;
using namespace ringside::model;
using replay::Arrivals;
using replay::Journey;
using trace::Event;
using trace::Kind;

namespace {

Time at(std::int64_t picoseconds) { return start_of_time + Duration{picoseconds}; }

Arrivals arrivals(std::vector<std::int64_t> times, std::uint64_t first_packet = 1) {
  std::vector<replay::Arrival> all;
  for (const std::int64_t time : times) all.push_back({at(time), first_packet++});
  return Arrivals{std::move(all)};
}

// Stages of the made-up host, by lane.
constexpr std::uint16_t wire = 0, nic = 1, softirq = 3, protocol = 4, user = 5;

Journey journey_of(std::vector<Event> marks) {
  Journey journey{.packet = 1};
  std::uint64_t number = 10;
  for (const Event& mark : marks) journey.steps.push_back({.mark = mark, .number = number++});
  return journey;
}
Event stage(std::uint16_t index) { return {.packet = 1, .host = 1, .index = index, .kind = Kind::stage}; }

std::vector<Milestone> milestones_of(std::vector<Event> marks) {
  const replay::Cast cast = made_up_cast();
  std::vector<Milestone> all;
  for (const Reached& step : milestones(cast.hosts[1], 1, journey_of(std::move(marks))))
    all.push_back(step.milestone);
  return all;
}

struct Run {
  Recorded recorded;
  Reel reel;
  explicit Run(const std::string& path, std::uint64_t seed = 1)
      : recorded{"roads",
                 {.path = path,
                  .set = {{"offered_pps", "100k"}},
                  .seed = seed,
                  .warmup = Duration{0},
                  .duration = Duration{3'000'000'000}}},
        reel{recorded.file.string()} {
    reel.survey();
  }
};

}  // namespace

TEST_CASE("packets are compared when they arrive at the same times, as far as both recordings go") {
  const Arrivals one = arrivals({10, 20, 30, 40, 50});
  CHECK(likeness(one, arrivals({10, 20, 30, 40, 50}, 100)).like());
  CHECK(likeness(one, arrivals({10, 20, 30, 40})).like());
  CHECK(likeness(arrivals({10, 20, 30}), one).like());
  const Likeness shifted = likeness(one, arrivals({10, 20, 31, 41, 51}));
  CHECK(shifted.because == Unlike::times);
  CHECK(shifted.rank == 2);
  CHECK(shifted.first == at(30));
  CHECK(shifted.second == at(31));
  CHECK_FALSE(likeness(one, arrivals({10})).like());
  CHECK(likeness(one, arrivals({})).because == Unlike::none);
}

TEST_CASE("a packet reaches each lane once on its way up, and once on its way down") {
  CHECK(milestones_of({stage(wire),
                       stage(nic),
                       stage(softirq),
                       stage(protocol),
                       stage(user),
                       {.packet = 1, .host = 1, .kind = Kind::end}}) ==
        std::vector<Milestone>{0, 1, 3, 4, 6, over});
  // Softirqs and protocols call each other; the way to the card leads down.
  CHECK(milestones_of({stage(nic),
                       stage(softirq),
                       stage(protocol),
                       stage(softirq),
                       stage(nic),
                       {.packet = 1, .host = 1, .kind = Kind::link}}) ==
        std::vector<Milestone>{1, 3, 4, path::lane_count + 5, path::lane_count + 6});
  CHECK(milestones_of({stage(nic),
                       {.packet = 1, .host = 1, .kind = Kind::queue},
                       {.packet = 1, .host = 0, .index = user, .kind = Kind::stage},
                       {.packet = 1, .host = 1, .kind = Kind::drop}}) == std::vector<Milestone>{1, over});
}

TEST_CASE("a lane that a way does not have is the last one before that it has") {
  const std::vector<Reached> way{{0, 5}, {1, 7}, {6, 20}, {over, 30}};
  CHECK(matching(way, 1)->events == 7);
  CHECK(matching(way, 4)->events == 7);
  CHECK(matching(way, 6)->events == 20);
  CHECK(matching(std::span{way}.subspan(2), 3) == nullptr);
  CHECK(reached(way, 4) == nullptr);
  CHECK(reached(way, 19)->milestone == 1);
  CHECK(reached(way, 40)->milestone == over);
}

TEST_CASE("the other sides stand where the lock says") {
  Run sockets{"napi-socket"}, poll_mode{"dpdk"};
  Lockstep lockstep;
  lockstep.show({&sockets.reel, &poll_mode.reel});
  REQUIRE(lockstep.all_like());
  const auto& in_order = sockets.reel.arrivals()->in_order();
  const std::uint64_t packet = in_order.at(100).packet;
  const std::uint64_t other = lockstep.counterpart(0, packet, 1);
  CHECK(lockstep.counterpart(1, other, 0) == packet);
  CHECK(lockstep.arrived_last(in_order[100].at) == packet);
  CHECK(lockstep.arrived_last(in_order[0].at - Duration{1}) == 0);

  const Journey slow = lockstep.journey(0, packet);
  const Journey fast = lockstep.journey(1, other);
  REQUIRE(slow.steps.size() > 5);
  REQUIRE(fast.steps.size() > 3);
  for (const replay::Step& step : slow.steps) {
    const Standing first{step.number + 1, step.mark.at};
    const auto stands = [&](Lock lock, Duration shift = {}) {
      return lockstep.standing(1, lock, packet, first, shift).events;
    };
    CHECK(lockstep.standing(0, Lock::packet, packet, first).events == step.number + 1);
    CHECK(stands(Lock::time) == poll_mode.reel.number_at(step.mark.at));
    CHECK(stands(Lock::packet) == stands(Lock::time));  // what arrives at the same time
    const Duration later{250'000};
    CHECK(stands(Lock::time, later) == poll_mode.reel.number_at(step.mark.at + later));
    CHECK(lockstep.standing(1, Lock::time, packet, first, later).now == step.mark.at + later);
    // It has just come to the lane, or its way is over.
    const std::uint64_t events = stands(Lock::milestone);
    const auto at_mark = std::ranges::find(fast.steps, events - 1, &replay::Step::number);
    REQUIRE(at_mark != fast.steps.end());
    const auto lane_of = [](const Run& run, const Event& mark) {
      return run.reel.host(run.reel.cast().study).lanes.at(mark.index);
    };
    if (step.mark.kind == Kind::end) CHECK(at_mark->mark.kind == Kind::end);
    if (step.mark.kind == Kind::stage && lane_of(sockets, step.mark) == path::Lane::user)
      CHECK(lane_of(poll_mode, at_mark->mark) == path::Lane::user);
    if (step.mark.kind == Kind::stage && lane_of(sockets, step.mark) == path::Lane::protocol)
      CHECK(lane_of(poll_mode, at_mark->mark) >= path::Lane::protocol);
  }
}

TEST_CASE("other arrivals lock by time alone") {
  Run one{"napi-socket"}, other{"dpdk", 2};
  Lockstep lockstep;
  lockstep.show({&one.reel, &other.reel, nullptr});
  CHECK(lockstep.likeness_of(0).like());
  CHECK(lockstep.likeness_of(1).because == Unlike::times);
  CHECK(lockstep.likeness_of(2).because == Unlike::unread);
  CHECK_FALSE(lockstep.all_like());
  const std::uint64_t packet = one.reel.arrivals()->in_order().at(10).packet;
  CHECK(lockstep.counterpart(0, packet, 1) == 0);
  CHECK(lockstep.standing(2, Lock::time, packet, {100, one.reel.last()}).events == 0);
}
