// The metrics that say most: of a sweep, and of a scenario.
#include "ringside/scenarios/columns.hpp"

#include <algorithm>
#include <array>

namespace ringside::scenarios {
namespace {

constexpr std::array<std::string_view, 9> usual_columns{
    "offered_pps",    "delivered_pps",  "dropped_pps",     "goodput_bps",          "cpu_copies_per_byte",
    "latency_ns_p50", "latency_ns_p99", "cpu_utilisation", "interrupts_per_packet"};

// A count that is not there counts as nothing.
bool zero(const RunResult& run, std::string_view metric) {
  const Value* value = find(run.metrics, metric);
  if (!value) return true;
  if (const auto* count = std::get_if<std::int64_t>(value)) return *count == 0;
  const auto* number = std::get_if<double>(value);
  return number && *number == 0;
}

}  // namespace

std::vector<std::string> sweep_columns(const Report& report) {
  std::vector<std::string> columns{usual_columns.begin(), usual_columns.end()};
  if (!report.shows.empty()) columns = report.shows;
  std::erase_if(columns, [&](const std::string& metric) {
    return std::ranges::none_of(report.runs,
                                [&](const RunResult& run) { return find(run.metrics, metric) != nullptr; });
  });
  return columns;
}

// Where everything that comes is dropped on purpose, that is what counts.
std::string_view main_metric(const Scenario& scenario, const Report& report) {
  const auto drops_all = [](const RunResult& run) {
    return (zero(run, "delivered_pps") && !zero(run, "judged_drops_pps")) || !run.refused.empty();
  };
  if (!scenario.shows.empty()) return scenario.shows.front();
  if (scenario.workloads.empty()) return "delivered_pps";
  const auto& what = scenario.workloads.front().what;
  if (std::holds_alternative<FileTransfer>(what)) return "goodput_bps";
  if (std::holds_alternative<Ping>(what)) return "round_trip_ns_mean";
  if (!report.runs.empty() && std::ranges::all_of(report.runs, drops_all)) return "judged_drops_pps";
  return "delivered_pps";
}

}  // namespace ringside::scenarios
