// The way of a packet is all that the recording says of it, however little of the recording was read.
#include "ringside/replay/journey.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "catch.hpp"
#include "recorded.hpp"
#include "ringside/replay/cast.hpp"

using namespace ringside;

namespace {

std::vector<trace::Event> all_events(trace::Recording& recording) {
  return recording.slice(0, recording.events());
}

std::map<std::uint64_t, std::vector<std::uint64_t>> marks_by_packet(const std::vector<trace::Event>& events) {
  std::map<std::uint64_t, std::vector<std::uint64_t>> numbers;
  for (std::uint64_t i = 0; i < events.size(); ++i)
    if (replay::is_mark(events[i])) numbers[events[i].packet].push_back(i);
  return numbers;
}

void check_sum(const replay::Journey& journey) {
  REQUIRE_FALSE(journey.steps.empty());
  Duration sum{};
  for (const replay::Step& step : journey.steps) sum += step.lasts;
  CHECK(sum == journey.whole);
  CHECK(sum == journey.steps.back().mark.at - journey.steps.front().mark.at);
}

// Of every packet, or of every so manyth.
void check_all(trace::Recording& recording, std::size_t every) {
  const auto events = all_events(recording);
  std::size_t turn = 0;
  for (const auto& [packet, numbers] : marks_by_packet(events)) {
    if (turn++ % every != 0) continue;
    CAPTURE(packet);
    for (const std::uint64_t near : {numbers.front(), numbers[numbers.size() / 2], numbers.back()}) {
      const auto journey = replay::journey(recording, packet, near);
      check_sum(journey);
      REQUIRE(journey.steps.size() == numbers.size());
      for (std::size_t i = 0; i < numbers.size(); ++i)
        if (journey.steps[i].number != numbers[i] || journey.steps[i].mark != events[numbers[i]])
          FAIL_CHECK("step " << i << " is another one");
    }
  }
}

}  // namespace

TEST_CASE("the way of each packet is whole, from whichever of its events it is asked for") {
  SECTION("a ping") { check_all(*Recorded{"ping", {}}.recording, 1); }
  SECTION("a file, with segments that GRO holds back") {
    check_all(*Recorded{"offloads", {.set = {{"size", "1MiB"}}}}.recording, 7);
  }
  SECTION("a router that drops, over several blocks") {
    const Recorded run{"receive-livelock",
                       {.path = "napi-socket",
                        .set = {{"offered_pps", "12000"}},
                        .warmup = Duration{0},
                        .duration = Duration{2'000'000'000'000}}};
    REQUIRE(run.recording->block(run.recording->events() - 1).begin > 65'536);
    check_all(*run.recording, 997);
  }
}

TEST_CASE("the steps of a ping's journey are those of the result") {
  const Recorded run{"ping", {}};
  Duration sum{};
  std::uint64_t packet = 1, parent = 0;
  for (;; ++packet) {  // the request, and the answer that is made while it is processed
    const auto first = replay::find_mark(*run.recording, packet, 0, run.recording->events());
    if (!first) break;
    const auto journey = replay::journey(*run.recording, packet, *first);
    parent = journey.parent;
    sum += journey.whole;
  }
  CHECK(packet == 3);
  CHECK(parent == 1);
  CHECK(sum >= Duration{static_cast<std::int64_t>(metric(run.result, "journey_ns") * 1000)});
}

TEST_CASE("but for the interruptions, a stage costs all packets the same") {
  const Recorded run{"roads",
                     {.path = "napi-socket",
                      .set = {{"offered_pps", "700k"}},
                      .warmup = Duration{0},
                      .duration = Duration{2'000'000'000}}};
  const auto cast = replay::cast_of(run.recording->meta());
  const auto recv = std::ranges::find(cast.hosts[cast.study].path.stages, "recv", &path::Stage::name);
  REQUIRE(recv != cast.hosts[cast.study].path.stages.end());
  const auto stage = static_cast<std::uint16_t>(recv - cast.hosts[cast.study].path.stages.begin());
  std::set<Duration> alone, with_interruptions;
  std::size_t interrupted = 0;
  for (const auto& [packet, numbers] : marks_by_packet(all_events(*run.recording)))
    for (const replay::Step& step : replay::journey(*run.recording, packet, numbers.front()).steps) {
      if (step.mark.host != cast.study || step.mark.index != stage || step.mark.kind != trace::Kind::stage)
        continue;
      if (step.lasts == Duration{0}) continue;  // the recording ends with it
      interrupted += step.interrupted > Duration{0};
      alone.insert(step.lasts - step.interrupted);
      with_interruptions.insert(step.lasts);
    }
  CHECK(interrupted > 100);
  CHECK(with_interruptions.size() > 10);
  CHECK(alone.size() == 1);
}

TEST_CASE("a segment that GRO holds back goes on as the train that it leads") {
  const Recorded run{"offloads", {.set = {{"size", "1MiB"}}}};
  std::size_t held = 0, joined = 0;
  for (const auto& [packet, numbers] : marks_by_packet(all_events(*run.recording))) {
    const auto journey = replay::journey(*run.recording, packet, numbers.front());
    for (std::size_t i = 0; i + 1 < journey.steps.size(); ++i) {
      if (journey.steps[i].mark.kind != trace::Kind::held) continue;
      ++held;
      CHECK(journey.steps[i + 1].mark.kind == trace::Kind::stage);
      joined += journey.steps[i + 1].mark.level > 1;
    }
  }
  CHECK(held > 10);
  CHECK(joined > held * 9 / 10);  // the last of a poll may have waited in vain
}

TEST_CASE("who was not under way has no steps") {
  const Recorded run{"ping", {}};
  CHECK(replay::journey(*run.recording, 4711, 3).steps.empty());
  CHECK_FALSE(replay::find_mark(*run.recording, 4711, 0, run.recording->events()).has_value());
  const auto first = replay::find_mark(*run.recording, 1, 0, run.recording->events());
  REQUIRE(first.has_value());
  CHECK_FALSE(replay::find_mark(*run.recording, 1, 0, *first).has_value());
  CHECK_FALSE(replay::journey(*run.recording, 1, 1'000'000'000).steps.empty());  // the last event, then
}
