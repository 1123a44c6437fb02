// A recording of a run says what its result says.
#include <unistd.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "library.hpp"
#include "ringside/trace/recording.hpp"

using namespace ringside;

namespace {

struct Recorded {
  scenarios::LoadedScenario loaded{};
  scenarios::RunResult result{};
  trace::State end{};
  nlohmann::json meta{};
};

Recorded record(const std::string& name, const Settings& settings) {
  const auto file =
      std::filesystem::temp_directory_path() / ("ringside-run-" + std::to_string(getpid()) + ".rstrace");
  Recorded all{.loaded = load(name, settings)};
  all.result = scenarios::run(all.loaded.scenario, all.loaded.ingredients, {.recording = file.string()});
  trace::Recording recording{file.string()};
  CHECK(recording.damage().empty());
  all.end = recording.after(recording.events());
  all.meta = nlohmann::json::parse(recording.meta());
  std::filesystem::remove(file);
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
}

TEST_CASE("a ping is recorded and has its journey, too") {
  const Recorded all = record("ping", {});
  CHECK(metric(all.result, "round_trips") == 1);
  CHECK_FALSE(all.result.journey.empty());
  CHECK(all.end.events > 20);
}
