// Tables of results.
#include "summary.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "ringside/scenarios/columns.hpp"
#include "table.hpp"

namespace ringside::scenarios {
namespace {

using Align = Table::Align;

std::string cell(const Value& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return *text;
  if (const auto* count = std::get_if<std::int64_t>(&value)) return fmt::format("{}", *count);
  return figure(std::get<double>(value));
}

std::string cell_of(const Values& values, std::string_view name) {
  const Value* value = find(values, name);
  return value ? cell(*value) : "-";
}

// Of a digest its beginning is enough to tell whether two columns agree.
std::string abridged(std::string text) {
  constexpr std::size_t most = 16, kept = 12;
  return text.size() > most ? text.substr(0, kept) + "…" : text;
}

// "server.delivered_pps" is another host's; the plain names are those of the host under study.
bool of_study_host(const std::string& metric) { return metric.find('.') == std::string::npos; }

// What the run cost this machine has a line of its own; it says nothing about the simulated one.
constexpr std::array<std::string_view, 7> costs_of_the_run{
    "simulated_seconds",       "events",        "events_per_packet", "wall_seconds", "events_per_wall_second",
    "packets_per_wall_second", "peak_rss_bytes"};

bool worth_a_row(const std::string& name) {
  return of_study_host(name) &&
         std::find(costs_of_the_run.begin(), costs_of_the_run.end(), name) == costs_of_the_run.end();
}

bool zero(const Value& value) {
  if (const auto* count = std::get_if<std::int64_t>(&value)) return *count == 0;
  const auto* number = std::get_if<double>(&value);
  return number && *number == 0;
}

// What is zero is left to the result file, and texts (a digest) do not widen the column of the numbers.
std::string metrics_of(const RunResult& run) {
  Table numbers{{Align::left, Align::right}}, texts{{Align::left, Align::left}};
  for (const auto& [name, value] : run.metrics) {
    if (!worth_a_row(name) || zero(value)) continue;
    (std::holds_alternative<std::string>(value) ? texts : numbers).row({name, cell(value)});
  }
  return numbers.text(2) + texts.text(2);
}

std::string cost_of(const RunResult& run) {
  const auto of = [&](std::string_view name) { return cell_of(run.metrics, name); };
  if (of("events") == "-") return "";
  return fmt::format("\nsimulated {} s in {} s: {} events, {} for each frame that reached a card\n",
                     of("simulated_seconds"), of("wall_seconds"), of("events"), of("events_per_packet"));
}

Table cores_of(const RunResult& run) {
  Table table{{Align::right, Align::right, Align::right, Align::right, Align::right, Align::right}};
  const auto percent = [](double share) { return fmt::format("{:.1f} %", share * 100); };
  table.row({"core", "hardirq", "softirq", "kernel", "user", "idle"});
  for (const CoreShare& core : run.cores)
    table.row({fmt::format("{}", core.core), percent(core.hardirq), percent(core.softirq),
               percent(core.kernel), percent(core.user), percent(core.idle)});
  return table;
}

Table stages_of(const RunResult& run, Frequency clock) {
  Table table{{Align::left, Align::left, Align::right, Align::right, Align::right}};
  table.row({"stage", "domain", "packets", "cycles/packet", "ns/packet"});
  for (const StageFigure& stage : run.stages) {
    if (stage.packets == 0) continue;
    const bool on_core = stage.cycles_per_packet > 0 && clock.count > 0;
    const double ns = on_core ? stage.cycles_per_packet * 1e9 / static_cast<double>(clock.count) : 0;
    table.row({stage.stage, stage.domain, fmt::format("{}", stage.packets),
               on_core ? figure(stage.cycles_per_packet) : "", on_core ? figure(ns) : ""});
  }
  return table;
}

Table drops_of(const RunResult& run) {
  Table table{{Align::left, Align::right}};
  for (const auto& [place, packets] : run.drops) table.row({place, fmt::format("{}", packets)});
  return table;
}

// The steps of the journey, and their sum, to the picosecond.
Table journey_of(const RunResult& run) {
  Table table{{Align::left, Align::left, Align::right}};
  const auto ns = [](Duration time) { return fmt::format("{:.3f} ns", to_nanoseconds(time)); };
  Duration sum{};
  for (const JourneyStep& step : run.journey) {
    table.row({step.host, step.place, ns(step.time)});
    sum += step.time;
  }
  table.row({"sum", "", ns(sum)});
  return table;
}

std::string section(std::string_view title, const Table& table) {
  return fmt::format("\n{}\n{}", title, table.text(2));
}

std::string heading(const RunResult& run) { return fmt::format("{}, {}", run.path_asked, run.profile_asked); }

// A column is named by what distinguishes it.
std::string title_of(const RunResult& run, const Report& report) {
  const auto all = [&](std::string RunResult::*part) {
    return std::all_of(report.runs.begin(), report.runs.end(),
                       [&](const RunResult& other) { return other.*part == run.*part; });
  };
  if (all(&RunResult::profile_asked)) return run.path_asked;
  return all(&RunResult::path_asked) ? run.profile_asked : heading(run);
}

// The runs of a comparison in the order of its columns: one list for each path and profile.
std::vector<std::vector<const RunResult*>> columns_of(const Report& report) {
  std::vector<std::vector<const RunResult*>> columns;
  for (const RunResult& run : report.runs) {
    const auto same = [&](const auto& column) { return heading(*column.front()) == heading(run); };
    auto column = std::find_if(columns.begin(), columns.end(), same);
    if (column == columns.end()) column = columns.insert(columns.end(), std::vector<const RunResult*>{});
    column->push_back(&run);
  }
  return columns;
}

std::string coloured(std::string_view word, std::string_view code, bool colour) {
  return colour ? fmt::format("\x1b[{}m{}\x1b[0m", code, word) : std::string{word};
}

std::string line_of(const ExpectationResult& result, const std::string& where, bool colour) {
  const std::string word = result.holds      ? coloured("ok    ", "32", colour)
                           : result.failed() ? coloured("FAILED", "31", colour)
                                             : coloured("misses", "33", colour);
  std::string why =
      result.note.empty() ? fmt::format("the left-hand side is {}", figure(result.actual)) : result.note;
  if (!result.holds && !result.failed()) why += fmt::format(": {}", result.published->misses);
  return fmt::format("  {}  {}{}{}\n", word, result.text, where, result.holds ? "" : "; " + why);
}

}  // namespace

std::string summary(const RunResult& run, Frequency clock) {
  std::string text = metrics_of(run);
  if (!run.cores.empty()) text += section("cores", cores_of(run));
  if (!run.stages.empty()) text += section("stages", stages_of(run, clock));
  if (!run.drops.empty()) text += section("drops", drops_of(run));
  if (!run.journey.empty()) text += section("journey", journey_of(run));
  return text + cost_of(run);
}

std::string sweep_summary(const Report& report) {
  std::vector<std::string> header{report.varied};
  std::ranges::move(sweep_columns(report), std::back_inserter(header));
  Table table{std::vector<Align>(header.size(), Align::right)};
  std::vector<std::string> titles = header;
  if (titles.size() > 1 && titles[0] == titles[1]) titles[0] = "set to";  // offered_pps is a key and a metric
  table.row(titles);
  for (const RunResult& run : report.runs) {
    std::vector<std::string> cells{cell_of(run.parameters, report.varied)};
    for (std::size_t i = 1; i < header.size(); ++i) cells.push_back(cell_of(run.metrics, header[i]));
    table.row(std::move(cells));
  }
  return table.text(2);
}

namespace {

// The metrics that tell one road from another.
constexpr std::array<std::string_view, 8> road_metrics{
    "delivered_pps",         "goodput_bps",       "cpu_copies_per_packet", "syscalls_per_packet",
    "interrupts_per_packet", "cycles_per_packet", "cpu_utilisation",       "latency_ns_p50"};

// All that any column has, in the order of the columns.
std::vector<std::string> metric_names(const std::vector<std::vector<const RunResult*>>& columns) {
  std::vector<std::string> names;
  for (const auto& column : columns)
    for (const auto& [name, unused] : column.front()->metrics)
      if (std::ranges::find(names, name) == names.end()) names.push_back(name);
  return names;
}

// A line for each path and profile, where columns would be too many: of a sweep one metric, else those that
// were measured.
std::string long_comparison(const Report& report, const std::vector<std::vector<const RunResult*>>& rows,
                            std::string_view metric) {
  const bool sweep = !report.varied.empty();
  std::vector<std::string> header{sweep ? fmt::format("{} at {}", metric, report.varied) : ""};
  if (sweep)
    for (const RunResult* run : rows.front()) header.push_back(cell_of(run->parameters, report.varied));
  else
    for (const std::string_view name : road_metrics)
      if (std::ranges::any_of(report.runs, [&](const RunResult& run) { return find(run.metrics, name); }))
        header.emplace_back(name);
  std::vector<Align> align(header.size(), Align::right);
  align.front() = Align::left;
  Table table{std::move(align)};
  table.row(header);
  for (const auto& row : rows) {
    std::vector<std::string> cells{title_of(*row.front(), report)};
    for (std::size_t i = 1; i < header.size(); ++i)
      cells.push_back(!sweep               ? cell_of(row.front()->metrics, header[i])
                      : i - 1 < row.size() ? cell_of(row[i - 1]->metrics, metric)
                                           : "-");
    table.row(std::move(cells));
  }
  return table.text(2);
}

}  // namespace

std::string comparison(const Report& report, std::string_view metric) {
  constexpr std::size_t most_columns = 7;
  const auto columns = columns_of(report);
  if (columns.size() > most_columns) return long_comparison(report, columns, metric);
  std::vector<Align> align(columns.size() + 1, Align::right);
  align.front() = Align::left;
  Table table{std::move(align)};
  std::vector<std::string> header{report.varied.empty() ? ""
                                                        : fmt::format("{} at {}", metric, report.varied)};
  for (const auto& column : columns) header.push_back(title_of(*column.front(), report));
  table.row(std::move(header));
  if (columns.empty()) return table.text(2);
  if (report.varied.empty()) {
    for (const std::string& name : metric_names(columns)) {
      if (!worth_a_row(name)) continue;
      std::vector<std::string> cells{name};
      for (const auto& column : columns) cells.push_back(abridged(cell_of(column.front()->metrics, name)));
      const bool nothing =
          std::all_of(cells.begin() + 1, cells.end(), [](const auto& c) { return c == "0" || c == "-"; });
      if (!nothing) table.row(std::move(cells));
    }
    return table.text(2);
  }
  for (std::size_t row = 0; row < columns.front().size(); ++row) {
    std::vector<std::string> cells{cell_of(columns.front()[row]->parameters, report.varied)};
    for (const auto& column : columns)
      cells.push_back(row < column.size() ? cell_of(column[row]->metrics, metric) : "-");
    table.row(std::move(cells));
  }
  return table.text(2);
}

std::string verdict(const Report& report, bool colour) {
  std::string expectations;
  for (const RunResult& run : report.runs) {
    const std::string at =
        report.varied.empty() ? "" : fmt::format(" at {}", cell_of(run.parameters, report.varied));
    const std::string where = report.runs.size() > 1 ? fmt::format("  ({}{})", heading(run), at) : "";
    for (const ExpectationResult& result : run.expectations) expectations += line_of(result, where, colour);
  }
  for (const SweepExpectation& e : report.expectations)
    expectations += line_of(e.result, fmt::format("  ({}, {})", e.path, e.profile), colour);
  for (const std::string& path : report.not_compared)
    expectations +=
        fmt::format("  not judged: what compares with {0}; ringside compare {1} --paths {0},{2}\n", path,
                    report.scenario, report.runs.front().path);
  std::string text = expectations.empty() ? "" : "\nexpectations\n" + expectations;
  for (const RunResult& run : report.runs)
    for (const Refusal& r : run.refused)
      text += fmt::format("\n{}: {}: {}: {} for lack of {}: {}\n", coloured("refused", "33", colour),
                          heading(run), r.host, r.error, r.lacks, r.for_what);
  for (const RunResult& run : report.runs)
    for (const std::string& violation : run.violations)
      text +=
          fmt::format("\n{}: {}: {}\n", coloured("broken invariant", "31", colour), heading(run), violation);
  if (!complete(report)) text += "\nincomplete: these are the results until the run was stopped\n";
  return text;
}

}  // namespace ringside::scenarios
