// A recording of a run says what its result says.
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>

#include "library.hpp"
#include "ringside/net/tcp_info.hpp"
#include "ringside/trace/log.hpp"
#include "ringside/trace/recording.hpp"

using namespace ringside;

namespace {

struct Recorded {
  scenarios::LoadedScenario loaded{};
  scenarios::RunResult result{};
  std::shared_ptr<trace::Recording> recording{};
  trace::State end{};
  nlohmann::json meta{};
};

Recorded record(const std::string& name, const Settings& settings) {
  const auto file =
      std::filesystem::temp_directory_path() / ("ringside-run-" + std::to_string(getpid()) + ".rstrace");
  Recorded all{.loaded = load(name, settings)};
  all.result = scenarios::run(all.loaded.scenario, all.loaded.ingredients, {.recording = file.string()});
  all.recording = std::make_shared<trace::Recording>(file.string());
  std::filesystem::remove(file);  // who has it open still has it
  CHECK(all.recording->damage().empty());
  CHECK(all.recording->late() == 0);
  all.end = all.recording->after(all.recording->events());
  all.meta = nlohmann::json::parse(all.recording->meta());
  return all;
}

std::size_t number_of(const Recorded& all, const std::string& host) {
  for (std::size_t i = 0; i < all.meta["hosts"].size(); ++i)
    if (all.meta["hosts"][i]["host"] == host) return i;
  FAIL("no host '" << host << "'");
  return 0;
}

// Packets that came to a stage, by its name.
std::uint64_t came(const Recorded& all, const std::string& host, const std::string& stage) {
  const std::size_t number = number_of(all, host);
  const auto& stages = all.meta["hosts"][number]["path"]["stages"];
  for (std::size_t i = 0; i < stages.size(); ++i)
    if (stages[i]["name"] == stage) {
      const auto& known = all.end.hosts.at(number).came;
      return i < known.size() ? known[i] : 0;
    }
  FAIL("no stage '" << stage << "'");
  return 0;
}

const trace::HostState& study(const Recorded& all) {
  return all.end.hosts.at(number_of(all, all.loaded.scenario.study));
}

// As the result has them: by the name of the queue, or the reason.
std::map<std::string, double> drops(const Recorded& all) {
  std::map<std::string, double> found;
  const trace::HostState& host = study(all);
  const auto& queues = all.meta["hosts"][number_of(all, all.loaded.scenario.study)]["queues"];
  const auto add = [&](const auto& names, const auto& counts) {
    for (std::size_t i = 0; i < counts.size(); ++i)
      if (counts[i] > 0) found[names.at(i)] += static_cast<double>(counts[i]);
  };
  add(queues, host.dropped);
  add(all.meta["losses"], host.thrown);
  found.erase("lost on the link");  // is no drop of the host's
  return found;
}

std::map<std::string, double> drops(const scenarios::RunResult& result) {
  std::map<std::string, double> found;
  for (const auto& [place, packets] : result.drops) found[place] += static_cast<double>(packets);
  return found;
}

// Every event that `is`.
template <class Is>
std::vector<trace::Event> events(const Recorded& all, Is is) {
  std::vector<trace::Event> found;
  for (std::uint64_t from = 0; from < all.recording->events(); from += 65536)
    for (const trace::Event& event : all.recording->slice(from, 65536))
      if (is(event)) found.push_back(event);
  return found;
}

}  // namespace

TEST_CASE("a recording counts at each stage what the result counts, and nobody is left under way") {
  for (const char* path : {"napi-socket", "bsd-42", "linux-net4"}) {
    CAPTURE(path);
    const Recorded all = record("tcp-file", {.path = path});
    for (const auto& stage : all.result.stages) {
      CAPTURE(stage.stage);
      CHECK(came(all, all.loaded.scenario.study, stage.stage) >= stage.packets);
    }
    CHECK(all.end.packets.empty());
    for (const auto& host : all.end.hosts)
      for (const std::uint32_t waiting : host.waiting) CHECK(waiting == 0);
  }
}

TEST_CASE("a recording has every nanosecond that a core worked") {
  const Recorded all =
      record("roads", {.set = {{"offered_pps", "200k"}}, .duration = Duration{20'000'000'000}});
  const auto& core = all.end.hosts.at(number_of(all, "host")).cores.at(0);
  double busy = 0;
  for (const std::uint64_t time : core.busy) busy += static_cast<double>(time) * 1e-12;
  const double simulated = metric(all.result, "simulated_seconds");
  const auto& measured = all.result.cores.at(0);  // without the warm-up
  CHECK(busy / simulated == Approx(1 - measured.idle).epsilon(0.05));
  CHECK(static_cast<double>(core.user) * 1e-12 / simulated == Approx(measured.user).epsilon(0.05));
}

TEST_CASE("a recording has every call, interrupt, switch and wake-up that the result counts") {
  for (const char* path : {"napi-socket", "bsd-42", "linux-net4"}) {
    CAPTURE(path);
    const Recorded all = record("tcp-file", {.path = path});
    const trace::HostState& host = study(all);
    const double packets = metric(all.result, "delivered_packets");
    const double frames = metric(all.result, "offered_packets");
    const auto count = [&](trace::Kind kind) { return static_cast<double>(host.count(kind)); };
    CHECK(count(trace::Kind::syscall) == metric(all.result, "syscalls"));
    CHECK(count(trace::Kind::interrupt) ==
          Approx(metric(all.result, "interrupts_per_packet") * frames).epsilon(1e-9));
    CHECK(packets >= 0);
    const double each = packets > 0 ? packets : frames;
    CHECK(count(trace::Kind::context_switch) ==
          Approx(metric(all.result, "context_switches_per_packet") * each).epsilon(1e-9));
    CHECK(count(trace::Kind::wakeup) ==
          Approx(metric(all.result, "wakeups_per_packet") * each).epsilon(1e-9));
    CHECK(count(trace::Kind::syscall) > 0);
    CHECK(count(trace::Kind::interrupt) > 0);
    CHECK(count(trace::Kind::context_switch) > 0);
    CHECK(count(trace::Kind::wakeup) > 0);
    for (const std::uint32_t masked : host.masked) CHECK(masked == 0);  // nothing is left to poll
  }
}

TEST_CASE("a NAPI line is masked by its interrupt, and unmasked before the next") {
  const Recorded all = record("tcp-file", {.path = "napi-socket"});
  const std::size_t host = number_of(all, all.loaded.scenario.study);
  const auto& names = all.meta["hosts"][host]["notifications"];
  const auto turns = events(all, [&](const trace::Event& event) {
    return event.host == host && (event.kind == trace::Kind::mask || event.kind == trace::Kind::interrupt);
  });
  REQUIRE(turns.size() >= 3);
  REQUIRE(turns.size() % 3 == 0);
  for (std::size_t i = 0; i < turns.size(); i += 3) {
    CHECK(turns[i].kind == trace::Kind::interrupt);
    CHECK(turns[i + 1].kind == trace::Kind::mask);
    CHECK(turns[i + 1].other == 1);
    CHECK(turns[i + 1].at == turns[i].at);
    CHECK(turns[i + 2].kind == trace::Kind::mask);
    CHECK(turns[i + 2].other == 0);
    CHECK(turns[i + 1].index < names.size());
  }
}

// RFC 5681 section 3: where each reason takes a window.
TEST_CASE("a recording tells what became of each congestion window, and why") {
  using net::WindowReason;
  const Recorded all = record("incast", {.set = {{"buffer", "32"}}});
  trace::State state;
  std::map<WindowReason, int> told;
  for (const trace::Event& event : events(all, [](const trace::Event&) { return true; })) {
    const trace::Window was = trace::window_before(state, event);
    state.apply(event);
    if (event.kind != trace::Kind::window) continue;
    const trace::Window now = trace::window_of(event);
    CHECK(state.hosts.at(event.host).windows.at(event.index - 1U) == now);
    CHECK(now != was);
    const auto reason = static_cast<WindowReason>(event.level);
    CAPTURE(event.level, was.cwnd, was.ssthresh, now.cwnd, now.ssthresh);
    switch (reason) {
      case WindowReason::opened: CHECK((was.cwnd == 0 && !now.has_threshold())); break;
      case WindowReason::slow_start: CHECK((was.cwnd <= now.cwnd && now.cwnd <= now.ssthresh)); break;
      case WindowReason::avoidance: CHECK((was.cwnd < now.cwnd && was.cwnd >= now.ssthresh)); break;
      case WindowReason::recovery: CHECK((now.cwnd != was.cwnd || now.ssthresh < was.ssthresh)); break;
      case WindowReason::timeout: CHECK(now.cwnd < now.ssthresh); break;
      case WindowReason::restart: CHECK(now.cwnd < was.cwnd); break;
      case WindowReason::undone: CHECK((now.cwnd >= was.cwnd && now.ssthresh >= was.ssthresh)); break;
      case WindowReason::closed: CHECK((now.cwnd == 0 && was.cwnd > 0)); break;
    }
    // Of a loss a timer may tell as well: RFC 8985 section 6.2.
    const bool by_segment = reason == WindowReason::slow_start || reason == WindowReason::avoidance;
    if (by_segment) CHECK(event.packet != 0);
    ++told[reason];
  }
  CHECK(told[WindowReason::opened] == 32);  // each end has its own
  CHECK(told[WindowReason::slow_start] > 0);
  CHECK(told[WindowReason::avoidance] > 0);
  CHECK(told[WindowReason::recovery] > 0);
  CHECK(told[WindowReason::timeout] > 0);
}

// A piece of work that the end of the run cuts off has been counted, and has not taken place.
TEST_CASE("what a recording says was dropped is what the result says, by queue and by reason") {
  for (const char* path : {"napi-socket", "bsd-42", "linux-net4"}) {
    CAPTURE(path);
    const Recorded all =
        record("receive-livelock", {.path = path,
                                    .profile = "xeon-2018",
                                    .set = {{"to", "router"}, {"rate", "10Gbps"}, {"offered_pps", "1500000"}},
                                    .warmup = Duration{0},
                                    .duration = Duration{20'000'000'000}});
    const auto expected = drops(all.result), found = drops(all);
    CHECK(expected.at("socket buffer") > 1000);
    CHECK(found.size() == expected.size());
    for (const auto& [place, frames] : expected) {
      CAPTURE(place);
      REQUIRE(found.contains(place));
      CHECK(std::abs(found.at(place) - frames) <= 1);
    }
  }
  const Recorded incast = record("incast", {.set = {{"buffer", "32"}}});
  CHECK(drops(incast) == drops(incast.result));
  const Recorded harmed =
      record("offloads", {.set = {{"size", "4MiB"}, {"loss", "0.05"}, {"corrupt", "0.02"}}});
  CHECK(drops(harmed) == drops(harmed.result));
  CHECK(drops(harmed).at("out of window") > 0);
  CHECK(drops(harmed).at("bad checksum") > 0);
}

TEST_CASE("what a program drops, and what a line loses, is dropped") {
  const Recorded judged = record(
      "xdp-drop",
      {.set = {{"offered_pps", "1000000"}}, .warmup = Duration{0}, .duration = Duration{2'000'000'000}});
  const auto found = drops(judged);
  CHECK(found.at("dropped by a program") > 1000);
  CHECK(std::abs(found.at("dropped by a program") - metric(judged.result, "verdict_judged")) <= 1);

  const Recorded lossy = record("tcp-file", {.set = {{"loss", "0.2"}, {"duplicate", "0.1"}}});
  const auto& names = lossy.meta["losses"];
  const auto reason = static_cast<std::size_t>(std::ranges::find(names, "lost on the link") - names.begin());
  std::uint64_t lost = 0;
  for (const auto& host : lossy.end.hosts) lost += host.thrown.size() > reason ? host.thrown[reason] : 0;
  CHECK(lost > 0);
  CHECK(lossy.end.packets.empty());
}

TEST_CASE("a packet is shown when it comes, and again when its header has changed") {
  const Recorded all = record("receive-livelock", {.path = "napi-socket",
                                                   .set = {{"offered_pps", "2000"}},
                                                   .warmup = Duration{0},
                                                   .duration = Duration{20'000'000'000}});
  const std::size_t router = number_of(all, "router");
  CHECK(all.end.packets.size() < 5);  // what has reached the end of its wire is gone
  const auto left = events(all, [&](const trace::Event& event) {
    return event.kind == trace::Kind::link && event.host == router;
  });
  REQUIRE(left.size() > 10);
  for (const trace::Event& event : left) {
    const auto seen = all.recording->frames(event.packet, 0, all.recording->events());
    REQUIRE(seen.size() == 2);
    constexpr std::size_t ttl = 14 + 8, addresses = 14 + 12;
    REQUIRE(seen[0].octets.size() == event.other);
    REQUIRE(seen[1].octets.size() == event.other);
    CHECK(seen[0].length == event.other);
    CHECK(seen[0].host == router);
    CHECK(seen[1].octets[ttl] == seen[0].octets[ttl] - 1);
    CHECK(std::equal(seen[0].octets.begin() + addresses, seen[0].octets.begin() + addresses + 8,
                     seen[1].octets.begin() + addresses));
    const auto number = all.recording->number_at(event.at);
    CHECK(all.recording->frame_before(event.packet, number) == seen[1]);
  }
}

TEST_CASE("a train has the length of all its frames, and says how many they are") {
  const Recorded all = record("tcp-one-core", {.duration = Duration{2'000'000'000}});
  const auto trains = events(
      all, [](const trace::Event& event) { return event.kind == trace::Kind::stage && event.level > 1; });
  REQUIRE_FALSE(trains.empty());
  for (const trace::Event& event : trains) {
    REQUIRE(event.other > 60ULL * event.level);
    REQUIRE(event.other <= 65'536 + 60ULL * event.level);
  }
  const auto shown = all.recording->frame_before(trains.front().packet, all.recording->events());
  REQUIRE(shown);
  CHECK(shown->octets.size() <= trace::most_octets);
}

TEST_CASE("however much happens at once, no event of a recording is late") {
  for (const char* path : {"napi-socket", "dpdk", "linux-net4"}) {
    CAPTURE(path);
    const Recorded all = record("roads", {.path = path,
                                          .set = {{"offered_pps", "20M"}},
                                          .warmup = Duration{0},
                                          .duration = Duration{4'000'000'000}});
    CHECK(all.end.events > 65'536);
  }
}

TEST_CASE("what is lost for want of a descriptor is in the recording") {
  const Recorded all = record("receive-livelock", {.path = "napi-socket",
                                                   .set = {{"offered_pps", "10000"}},
                                                   .warmup = Duration{0},
                                                   .duration = Duration{100'000'000'000}});
  double lost = 0, recorded = 0;
  for (const auto& [place, packets] : all.result.drops) lost += static_cast<double>(packets);
  for (const std::uint64_t packets : all.end.hosts.at(number_of(all, "router")).dropped)
    recorded += static_cast<double>(packets);
  CHECK(lost > 100);
  CHECK(recorded == lost);
  const auto refused = events(all, [](const trace::Event& event) { return event.kind == trace::Kind::drop; });
  CHECK(all.recording->frame_before(refused.front().packet, all.recording->events()).has_value());
}

TEST_CASE("a ping is recorded and has its journey, too") {
  const Recorded all = record("ping", {});
  CHECK(metric(all.result, "round_trips") == 1);
  CHECK_FALSE(all.result.journey.empty());
  CHECK(all.end.events > 20);
}
