// ringside run and ringside compare: load everything, open every output, run, judge, write.
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <deque>
#include <filesystem>
#include <set>
#include <system_error>

#include "command.hpp"
#include "fields.hpp"
#include "interrupt.hpp"
#include "ringside/pcap/output_file.hpp"
#include "ringside/scenarios/columns.hpp"
#include "ringside/scenarios/run.hpp"
#include "ringside/scenarios/series.hpp"
#include "ringside/scenarios/write.hpp"
#include "summary.hpp"

namespace ringside::scenarios {
namespace {

std::optional<Vary> vary_of(const std::string& text, Findings& findings) {
  if (text.empty()) return std::nullopt;
  auto vary = varied(text);
  if (!vary) findings.add("--vary " + text, {}, "expected key=from..to/step, or key=value,value");
  return vary;
}

Overrides overrides_of(const RunRequest& request, Findings& findings) {
  Overrides overrides;
  overrides.vary = vary_of(request.vary, findings);
  for (const std::string& setting : request.settings) {
    const std::size_t equals = setting.find('=');
    if (equals == std::string::npos || equals == 0)
      findings.add("--set " + setting, {}, "expected key=value");
    else
      overrides.set.emplace_back(setting.substr(0, equals), setting.substr(equals + 1));
  }
  if (request.duration.empty()) return overrides;
  const std::string option = "--duration " + request.duration;
  overrides.duration =
      as_duration({.kind = TextNode::Kind::scalar, .text = request.duration}, {option, findings});
  return overrides;
}

void refuse(const std::string& message) {
  complain(message);
  throw Stop{Exit::bad_input};
}

// Which paths or profiles were asked for: those named, or all of the library.
struct Asked {
  std::vector<std::string> names{};
  bool all = false;
};

// Oldest first, as the history went.
template <class Load>
std::vector<std::string> by_year(const Library& library, Kind kind, Load year_of) {
  std::vector<std::pair<int, std::string>> found;
  for (std::string& name : library.names(kind)) found.emplace_back(year_of(name), std::move(name));
  std::ranges::sort(found);
  std::vector<std::string> names;
  for (auto& [year, name] : found) names.push_back(std::move(name));
  return names;
}

Asked asked_for(const std::vector<std::string>& names, const Library& library, Kind kind) {
  if (names.empty()) return {.names = {""}};  // the scenario's own
  if (names != std::vector<std::string>{"all"}) return {.names = names};
  Findings unread;  // what cannot be read is reported when it is run
  const auto year_of = [&](const std::string& name) {
    if (kind == Kind::profile) {
      const auto profile = load_profile(name, library, unread);
      return profile ? profile->year : 0;
    }
    const auto path = load_path(name, library, unread);
    return path ? path->since : 0;
  };
  return {.names = by_year(library, kind, year_of), .all = true};
}

// Of all that there is some do not fit the scenario, or each other: these are left out, and the reason is
// said.
void leave_out(const Overrides& overrides, const Findings& reasons) {
  const std::string first = reasons.in_reading_order().front().message;
  fmt::print(stderr, "ringside: left out: {}{}{}: {}\n", overrides.path,
             overrides.path.empty() || overrides.profile.empty() ? "" : ", ", overrides.profile, first);
}

std::vector<Series> load_all(const RunRequest& request, const Library& library) {
  Findings findings;
  Overrides overrides = overrides_of(request, findings);
  stop_if(findings);
  const Asked paths = asked_for(request.paths, library, Kind::path);
  const Asked profiles = asked_for(request.profiles, library, Kind::profile);
  std::vector<Series> all;
  std::vector<std::pair<Overrides, Findings>> left_out;
  for (const std::string& profile : profiles.names)
    for (const std::string& path : paths.names) {
      overrides.path = path;
      overrides.profile = profile;
      Findings own;
      auto series = load_series(request.scenario, overrides, library, own);
      if (series)
        all.push_back(*std::move(series));
      else if (paths.all || profiles.all)
        left_out.emplace_back(overrides, own);
      else
        findings.add(own);
    }
  stop_if(findings);
  if (all.empty()) stop_if(left_out.front().second);  // what is wrong with one is wrong with all
  for (const auto& [what, reasons] : left_out) leave_out(what, reasons);
  return all;
}

std::array<std::string, 5> files_of(const Outputs& outputs) {
  return {outputs.json, outputs.csv, outputs.junit, outputs.pcap, outputs.recording};
}

// Whether one of the outputs is the standard output: the tables are not.
bool on_stdout(const Outputs& outputs) {
  const auto files = files_of(outputs);
  const auto count = std::count_if(files.begin(), files.end(),
                                   [](const auto& file) { return file == "-" || file == "/dev/stdout"; });
  if (count > 1) refuse("only one output can go to the standard output");
  return count == 1;
}

// The last of two would replace the other. What is no file, such as /dev/null, may take any number of them.
void refuse_one_file_twice(const Outputs& outputs) {
  namespace fs = std::filesystem;
  std::set<fs::path> known;
  for (const std::string& file : files_of(outputs)) {
    std::error_code ignored;
    if (file.empty() || (fs::exists(file, ignored) && !fs::is_regular_file(file, ignored))) continue;
    if (!known.insert(fs::weakly_canonical(file, ignored)).second)
      refuse(fmt::format("two outputs have the same name: {}", file));
  }
}

std::size_t runs_of(const std::vector<Series>& all) {
  std::size_t runs = 0;
  for (const Series& series : all) runs += series.points.size();
  return runs;
}

// Opened before the first run, so that a folder that does not exist is not found out after the last.
class ReportFiles {
 public:
  explicit ReportFiles(const Outputs& outputs) {
    open(outputs.json, to_json);
    open(outputs.csv, to_csv);
    open(outputs.junit, to_junit);
  }

  void write(const Report& report) {
    for (auto& [file, form] : files_) {
      file.write(form(report));
      file.finish();
    }
  }

 private:
  using Form = std::string (*)(const Report&);
  struct Target {
    Target(const std::string& path, Form f) : file{path}, form{f} {}
    pcap::OutputFile file;
    Form form;
  };

  void open(const std::string& path, Form form) {
    if (!path.empty()) files_.emplace_back(path, form);
  }

  std::deque<Target> files_{};  // never moves what it holds
};

class Progress {
 public:
  Progress(bool quiet, std::size_t runs) : shown_{!quiet && isatty(STDERR_FILENO) == 1}, runs_{runs} {}
  ~Progress() { clear(); }
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void next() { ++run_; }
  void show(double done) {
    const int percent = done < 0 ? 0 : static_cast<int>(done * 100);
    if (!shown_ || percent == percent_) return;
    percent_ = percent;
    // A run that lasts until its workloads have ended does not know how far it is.
    const std::string part = done < 0 ? "running" : fmt::format("{} %", percent);
    fmt::print(stderr, "\r\x1b[Krun {} of {}: {}", run_, runs_, part);
  }
  void clear() {
    if (shown_ && percent_ >= 0) fmt::print(stderr, "\r\x1b[K");
    percent_ = -1;
  }

 private:
  bool shown_;
  std::size_t runs_;
  std::size_t run_ = 0;
  int percent_ = -1;
};

RunResult run_point(const LoadedScenario& point, const RunRequest& request, Progress& progress) {
  progress.next();
  const RunOptions options{.seed = request.seed,
                           .pcap = request.outputs.pcap,
                           .pcap_at = request.outputs.pcap_at,
                           .recording = request.outputs.recording,
                           .progress = [&](double done) {
                             progress.show(done);
                             return !interrupted();
                           }};
  RunResult result = run(point.scenario, point.ingredients, options);
  label(result, point);
  return result;
}

void run_all(const std::vector<Series>& all, const RunRequest& request, Report& report) {
  Progress progress{request.quiet, runs_of(all)};
  for (const Series& series : all)
    for (const LoadedScenario& point : series.points) {
      if ((report.interrupted = interrupted())) return;
      report.runs.push_back(run_point(point, request, progress));
    }
}

// An option that did nothing should not look as if it made no difference.
std::string not_tuned(const std::vector<Series>& all) {
  std::string text;
  for (const Series& series : all)
    for (const HostText& host : series.points.front().scenario.hosts)
      for (const std::string& key : host.not_tuned)
        text += fmt::format("{}: path {} has no {}, which was left out\n", host.name, host.path, key);
  return text.empty() ? text : text + "\n";
}

std::string tables(const RunRequest& request, const std::vector<Series>& all, const Report& report) {
  const Scenario& scenario = all.front().scenario;
  std::string text = fmt::format("{}: {}\n", scenario.name, scenario.title.en);
  if (request.compare) {
    text += fmt::format("seed {}\n\n{}{}", report.seed, not_tuned(all),
                        comparison(report, main_metric(scenario, report)));
  } else if (!report.runs.empty()) {
    const RunResult& run = report.runs.front();
    text +=
        fmt::format("path {}, profile {}, seed {}\n\n{}", run.path, run.profile, report.seed, not_tuned(all));
    const LoadedScenario& point = all.front().points.front();
    const auto profile = point.ingredients.profiles.find(point.scenario.study);
    text += report.varied.empty() ? summary(run, profile->second.clock) : sweep_summary(report);
  }
  const char* no_color = std::getenv("NO_COLOR");  // https://no-color.org: set and not empty
  const bool colour = isatty(STDOUT_FILENO) == 1 && (!no_color || *no_color == '\0');
  return text + verdict(report, colour);
}

// Of several reasons, the one that says most about what the results are worth.
Exit exit_of(const Report& report, const Findings& findings) {
  if (interrupted()) return Exit::interrupted;
  if (violated(report)) return Exit::broken_invariant;
  if (!findings.empty()) return Exit::bad_input;
  if (!complete(report)) return Exit::limit_reached;
  return expectations_hold(report) ? Exit::done : Exit::expectation_failed;
}

}  // namespace

Exit execute(const RunRequest& request) {
  const Library library = the_library();
  const bool to_stdout = on_stdout(request.outputs);
  refuse_one_file_twice(request.outputs);
  const std::vector<Series> all = load_all(request, library);
  if (!request.outputs.pcap.empty() && runs_of(all) > 1)
    refuse(fmt::format("--pcap holds the packets of one run, and these are {}; fix what varies with --set",
                       runs_of(all)));
  if (!request.outputs.recording.empty() && runs_of(all) > 1)
    refuse(fmt::format("--trace-file records one run, and these are {}; fix what varies with --set",
                       runs_of(all)));
  catch_interrupts();  // before there is a file that an interruption could leave behind
  ReportFiles files{request.outputs};
  const Scenario& scenario = all.front().scenario;
  Report report = report_of(scenario, request.seed);
  report.version = RINGSIDE_VERSION;
  run_all(all, request, report);
  Findings findings;
  judge_all(all, report, findings);
  files.write(report);
  if (!to_stdout) print(tables(request, all, report));
  for (const RunResult& run : report.runs)
    if (run.recorded_late > 0)
      note(fmt::format("{} events of {} came after later ones had been written, and have the time of those",
                       run.recorded_late, request.outputs.recording));
  for (const RunResult& run : report.runs)
    for (const std::string& violation : run.violations)
      complain(fmt::format("broken invariant of the model: {}", violation));
  complain(findings);
  return exit_of(report, findings);
}

}  // namespace ringside::scenarios
