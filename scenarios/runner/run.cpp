#include "ringside/scenarios/run.hpp"

#include <sys/resource.h>

#include <algorithm>
#include <chrono>

#include "measure.hpp"
#include "permission.hpp"
#include "world.hpp"

namespace ringside::scenarios {

namespace {

constexpr int steps = 1000;  // progress is reported as often as this, at least,
constexpr Duration breath = std::chrono::milliseconds{10};  // and a Ctrl-C or the end is noticed within this
constexpr Duration longest = std::chrono::hours{24};        // of simulated time, for a run without a duration
constexpr Duration settling = std::chrono::milliseconds{100};  // for the last frames to reach their end

// Runs to `until` in small steps; false: stopped by the user.
bool run_until(World& world, Time until, const RunOptions& options, double from, double to) {
  auto& events = world.simulation().events;
  const Time start = events.now();
  const Duration step = std::clamp((until - start) / steps, Duration{1}, breath);
  while (events.now() < until) {
    events.run_until(std::min(events.now() + step, until));
    const double part = to_seconds(events.now() - start) / to_seconds(until - start);
    if (options.progress && !options.progress(from + (to - from) * part)) return false;
  }
  return true;
}

// false: stopped by the user, or still not at the end after the longest time.
bool run_to_the_end(World& world, const RunOptions& options) {
  auto& events = world.simulation().events;
  while (!world.finished() && events.pending() > 0 && events.now() < start_of_time + longest) {
    events.run_until(events.now() + breath);
    if (options.progress && !options.progress(-1)) return false;
  }
  const bool finished = world.finished();
  events.run_until(events.now() + settling);
  return finished;
}

// What was waited for at the end is no part of a run without a duration: it ends with the last thing done.
Time last_active(const World& world) {
  Time last = start_of_time;
  for (const Node& node : world.nodes())
    if (node.host) last = std::max(last, node.host->last_active());
  return last;
}

std::vector<host::Counts> counts_of(const World& world) {
  std::vector<host::Counts> all;
  for (const Node& node : world.nodes()) all.push_back(node.host ? node.host->counts() : host::Counts{});
  return all;
}

// A program that waits for something has a timer, or a packet is on its way to it.
void check_for_stall(World& world, bool timed, RunResult& result) {
  if (!timed && !world.finished() && world.simulation().events.pending() == 0)
    result.violations.push_back("nothing is left to happen, and yet not every workload has ended");
}

void add_cost_of_the_run(World& world, double seconds, std::uint64_t frames, RunResult& result) {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto events = static_cast<double>(world.simulation().events.executed());
  auto& m = result.metrics;
  m.emplace_back("simulated_seconds", to_seconds(world.simulation().events.now() - start_of_time));
  m.emplace_back("events", static_cast<std::int64_t>(events));
  m.emplace_back("events_per_packet", frames == 0 ? 0.0 : events / static_cast<double>(frames));
  m.emplace_back("wall_seconds", seconds);
  m.emplace_back("events_per_wall_second", events / seconds);
  m.emplace_back("packets_per_wall_second", static_cast<double>(frames) / seconds);
  m.emplace_back("peak_rss_bytes", std::int64_t{usage.ru_maxrss} * 1024);
}

}  // namespace

RunResult run(const Scenario& scenario, const Ingredients& ingredients, const RunOptions& options) {
  const auto wall_start = std::chrono::steady_clock::now();
  RunResult result{.path = ingredients.paths.at(scenario.study).name,
                   .profile = ingredients.profiles.at(scenario.study).name,
                   .refused = refusals(scenario, ingredients)};
  result.metrics.emplace_back("refused", static_cast<std::int64_t>(result.refused.size()));
  if (!result.refused.empty()) return result;
  World world{scenario, ingredients, options};
  auto& events = world.simulation().events;

  const bool timed = scenario.duration > Duration{0};
  const double total = to_seconds(scenario.warmup + scenario.duration);
  const double warm = timed ? to_seconds(scenario.warmup) / total : 0;
  bool complete =
      scenario.warmup == Duration{0} || run_until(world, start_of_time + scenario.warmup, options, 0, warm);
  Interval interval{.from = events.now(), .before = counts_of(world)};
  for (const Node& node : world.nodes())
    if (node.host) node.host->measure_latency(true);
  if (complete)
    complete = timed ? run_until(world, events.now() + scenario.duration, options, warm, 1)
                     : run_to_the_end(world, options);
  interval.to = timed || !complete ? events.now() : last_active(world);

  measure(world, scenario, ingredients, interval, result);
  check_for_stall(world, timed, result);
  std::uint64_t frames = 0;
  for (const host::Counts& counts : counts_of(world)) frames += counts.offered;
  const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - wall_start;
  add_cost_of_the_run(world, wall.count(), frames, result);
  result.complete = complete;
  world.finish_files();
  result.recorded_late = world.recorded_late();
  return result;
}

}  // namespace ringside::scenarios
