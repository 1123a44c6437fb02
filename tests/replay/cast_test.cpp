// The names of a recording are those of what was run.
#include "ringside/replay/cast.hpp"

#include <nlohmann/json.hpp>

#include "catch.hpp"
#include "recorded.hpp"

using namespace ringside;

namespace {

std::string refusal(const nlohmann::json& meta) {
  try {
    replay::cast_of(meta.dump());
  } catch (const trace::RecordingError& error) {
    return error.what();
  }
  return "accepted";
}

}  // namespace

TEST_CASE("hosts, stages, lanes and queues have their names") {
  const Recorded run{"roads", {.path = "napi-socket", .set = {{"rx_ring", "128"}}}};
  const replay::Cast cast = replay::cast_of(run.recording->meta());
  CHECK(cast.scenario == "roads");
  CHECK(cast.seed == 1);
  CHECK(cast.title == run.loaded.scenario.title);
  const replay::HostCast& host = cast.hosts.at(cast.study);
  CHECK(host.name == run.loaded.scenario.study);
  CHECK_FALSE(host.wire);
  CHECK(host.cores >= 1);
  CHECK(host.path.name == "napi-socket");
  CHECK(host.path.stages.size() == run.loaded.ingredients.paths.at(host.name).stages.size());
  CHECK(host.lanes == path::lanes(host.path));
  CHECK(std::ranges::find(host.queues, "rx ring") != host.queues.end());
  for (const path::Hop& hop : host.path.hops)
    if (const auto* queue = std::get_if<path::Queue>(&hop.hand); queue && queue->name == "rx ring")
      CHECK(queue->capacity == 128);
}

TEST_CASE("there are as many rings of a name as queues of the card") {
  const Recorded run{"roads", {.path = "napi-socket"}};
  replay::Cast cast = replay::cast_of(run.recording->meta());
  const replay::HostCast& host = cast.hosts.at(cast.study);
  const auto number = [&host](std::string_view queue) {
    return static_cast<std::size_t>(std::ranges::find(host.queues, queue) - host.queues.begin());
  };
  const auto& text = *std::ranges::find(run.loaded.scenario.hosts, host.name, &scenarios::HostText::name);
  const int ports = static_cast<int>(std::ranges::count(cast.links, cast.study, &replay::LinkCast::a) +
                                     std::ranges::count(cast.links, cast.study, &replay::LinkCast::b));
  CHECK(host.instances_of(number("rx ring")) == ports * (text.nic_queues > 0 ? text.nic_queues : text.cores));
  CHECK(host.instances_of(number("socket buffer")) == 1);
  auto older = nlohmann::json::parse(run.recording->meta());
  for (auto& item : older["hosts"]) item.erase("instances");
  cast = replay::cast_of(older.dump());
  CHECK(cast.hosts.at(cast.study).instances_of(0) == 1);
}

TEST_CASE("links have their hosts and their rates") {
  const Recorded run{"roads", {}};
  const replay::Cast cast = replay::cast_of(run.recording->meta());
  const auto& links = run.loaded.scenario.links;
  REQUIRE(cast.links.size() == links.size());
  for (std::size_t i = 0; i < links.size(); ++i) {
    CHECK(cast.hosts.at(cast.links[i].a).name == links[i].a);
    CHECK(cast.hosts.at(cast.links[i].b).name == links[i].b);
    CHECK(cast.links[i].bits_per_second == static_cast<std::uint64_t>(links[i].rate.count));
  }
  auto older = nlohmann::json::parse(run.recording->meta());
  older.erase("links");
  CHECK(replay::cast_of(older.dump()).links.empty());
  older["links"] = {{{"a", "nobody"}, {"b", cast.hosts[0].name}, {"bits_per_second", 1}}};
  CHECK(refusal(older) == "META: links[0].a: expected the name of a host, found \"nobody\"");
}

TEST_CASE("what META lacks is said, and what it has besides is of no account") {
  const Recorded run{"roads", {}};
  const auto meta = nlohmann::json::parse(run.recording->meta());
  auto changed = meta;
  changed["a key of a later version"] = {1, 2};
  changed["hosts"][0]["another"] = "x";
  CHECK(refusal(changed) == "accepted");
  changed = meta;
  changed["recording"] = 1;
  CHECK(refusal(changed) == "accepted");
  changed["recording"] = 4;
  CHECK(refusal(changed) == "META: recording: expected version 1, 2 or 3, found 4");
  changed = meta;
  changed["study"] = "nobody";
  CHECK(refusal(changed) == "META: study: expected the name of a host, found \"nobody\"");
  changed = meta;
  changed["hosts"][0].erase("wire");
  CHECK(refusal(changed) == "META: hosts[0]: expected the key 'wire', found a map");
  CHECK_THROWS_AS(replay::cast_of("nonsense"), trace::RecordingError);
}
