// A series of runs: loaded at each value of what varies, labelled, and judged together.
#include "ringside/scenarios/series.hpp"

#include <algorithm>
#include <span>

namespace ringside::scenarios {
namespace {

bool asked_for(const Series& series, const RunResult& run) {
  return run.path_asked == series.scenario.path && run.profile_asked == series.scenario.profile;
}

}  // namespace

std::optional<Series> load_series(std::string_view scenario, const Overrides& overrides,
                                  const Library& library, Findings& findings) {
  auto loaded = load_scenario(scenario, overrides, library, findings);
  if (!loaded) return std::nullopt;
  Series series{.scenario = loaded->scenario};
  if (!series.scenario.vary) {
    series.points.push_back(*std::move(loaded));
    return series;
  }
  const std::vector<Overrides> all = points(series.scenario, overrides);
  for (const Overrides& point : all)
    if (auto at = load_scenario(scenario, point, library, findings)) series.points.push_back(*std::move(at));
  return series.points.size() == all.size() ? std::optional{std::move(series)} : std::nullopt;
}

void label(RunResult& result, const LoadedScenario& point) {
  result.parameters = parameters(point);
  result.path_asked = point.scenario.path;
  result.profile_asked = point.scenario.profile;
}

Report report_of(const Scenario& scenario, std::uint64_t seed) {
  Report report{.scenario = scenario.name, .seed = seed, .shows = scenario.shows};
  if (scenario.vary) report.varied = scenario.vary->key;
  return report;
}

void judge_all(const std::vector<Series>& all, Report& report, Findings& findings) {
  std::span<RunResult> left{report.runs};
  for (const Series& series : all) {
    const auto most = left.first(std::min(left.size(), series.points.size()));
    const auto next =
        std::find_if(most.begin(), most.end(), [&](const RunResult& run) { return !asked_for(series, run); });
    const auto own = most.first(static_cast<std::size_t>(next - most.begin()));
    judge(series.scenario, own, report, findings);
    left = left.subspan(own.size());
  }
}

}  // namespace ringside::scenarios
