// Runs a scenario of the library, with keys set as on the command line.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "catch.hpp"
#include "ringside/scenarios/load.hpp"
#include "ringside/scenarios/run.hpp"

namespace ringside {

struct Settings {
  std::string path{};
  std::string profile{};
  std::vector<std::pair<std::string, std::string>> set{};
  std::uint64_t seed = 1;
  std::optional<Duration> warmup{};  // unless the scenario's own
  std::optional<Duration> duration{};
};

inline scenarios::LoadedScenario load(const std::string& name, const Settings& settings) {
  scenarios::Findings findings;
  const scenarios::Overrides overrides{
      .path = settings.path, .profile = settings.profile, .set = settings.set, .duration = settings.duration};
  const auto library = scenarios::locate_library();
  REQUIRE(library.has_value());
  auto loaded = scenarios::load_scenario(name, overrides, *library, findings);
  for (const auto& finding : findings.in_reading_order()) FAIL_CHECK(scenarios::to_string(finding));
  REQUIRE(loaded.has_value());
  if (settings.warmup) loaded->scenario.warmup = *settings.warmup;
  return *std::move(loaded);
}

inline scenarios::RunResult run(const scenarios::LoadedScenario& loaded, const Settings& settings = {}) {
  auto result = scenarios::run(loaded.scenario, loaded.ingredients, {.seed = settings.seed});
  CHECK(result.violations.empty());
  CHECK(result.complete);
  return result;
}

inline scenarios::RunResult run_library(const std::string& name, const Settings& settings) {
  return run(load(name, settings), settings);
}

inline double metric(const scenarios::RunResult& result, const std::string& name) {
  for (const auto& [key, value] : result.metrics) {
    if (key != name) continue;
    if (const auto* number = std::get_if<double>(&value)) return *number;
    if (const auto* count = std::get_if<std::int64_t>(&value)) return static_cast<double>(*count);
  }
  FAIL("no metric '" << name << "'");
  return 0;
}

}  // namespace ringside
