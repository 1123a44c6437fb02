#include "window/sweep_scene.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include <QCoreApplication>

#include "model/confidence.hpp"
#include "ringside/replay/budget.hpp"
#include "view/words.hpp"

namespace ringside::window {

namespace {

using model::Sweep;
using model::SweepPlan;

struct Texts {
  Q_DECLARE_TR_FUNCTIONS(Sweep)
};

std::optional<double> figure_of(const scenarios::RunResult* result, const std::string& metric) {
  if (!result || !result->refused.empty()) return std::nullopt;
  const scenarios::Value* value = scenarios::find(result->metrics, metric);
  if (!value) return std::nullopt;
  if (const auto* count = std::get_if<std::int64_t>(value)) return static_cast<double>(*count);
  const auto* number = std::get_if<double>(value);
  return number ? std::optional{*number} : std::nullopt;
}

bool as_it_should_be(const scenarios::RunResult& run) {
  return run.complete && run.refused.empty() && run.violations.empty() &&
         std::ranges::none_of(run.expectations, &scenarios::ExpectationResult::failed);
}

view::SweepPoint point_of(const Sweep& sweep, std::size_t path, std::size_t value,
                          const std::string& metric) {
  view::SweepPoint point;
  std::vector<double> figures;
  for (std::size_t seed = 0; seed < sweep.plan().order.seeds.size(); ++seed) {
    const scenarios::RunResult* result = sweep.result({seed, path, value});
    point.failed |= result && !as_it_should_be(*result);
    if (const auto figure = figure_of(result, metric)) figures.push_back(*figure);
  }
  const model::Confidence known = model::confidence_of(figures);
  point.runs = static_cast<int>(figures.size());
  point.mean = known.mean;
  point.low = std::max(0.0, known.low);  // there are no figures below
  point.high = known.high;
  return point;
}

std::vector<view::SweepValue> values_of(const SweepPlan& plan) {
  const scenarios::Vary& vary = *plan.scenario().vary;
  std::vector<view::SweepValue> values;
  for (std::size_t value = 0; value < plan.values(); ++value) {
    scenarios::RunResult asked;
    scenarios::label(asked, plan.series.front().points[value]);
    values.push_back({QString::fromStdString(vary.values[value]), scenarios::varied_value(asked, vary.key)});
  }
  return values;
}

path::Text what_varies(const SweepPlan& plan) {
  const scenarios::LoadedScenario& point = plan.series.front().points.front();
  const std::string& key = plan.scenario().vary->key;
  for (const scenarios::Key& its : point.scenario.keys)
    if (its.name == key) return its.what;
  for (const path::Parameter& parameter : point.ingredients.paths.at(point.scenario.study).parameters)
    if (parameter.key == key) return parameter.what;
  return {};
}

// Failures of the runs of one seed, on one path: of each run, then of the path as a whole.
class Failures {
 public:
  Failures(const Sweep& sweep, std::vector<view::SweepFailure>& all) : sweep_{sweep}, all_{all} {}

  void add(const SweepPlan::Place& place) {
    const scenarios::RunResult* run = sweep_.result(place);
    if (!run) return;
    for (const scenarios::Refusal& refusal : run->refused)
      add(place, place.value,
          Texts::tr("refused with %1 for lack of %2: %3")
              .arg(QString::fromStdString(refusal.error), QString::fromStdString(refusal.lacks),
                   QString::fromStdString(refusal.for_what)));
    for (const std::string& violation : run->violations)
      add(place, place.value, QString::fromStdString(violation));
    if (!run->complete) add(place, place.value, Texts::tr("stopped before its end"));
    for (const scenarios::ExpectationResult& result : run->expectations)
      if (result.failed()) add(place, place.value, text_of(result));
  }

  void add_whole(std::size_t seed, std::size_t path) {
    const scenarios::RunResult* first = sweep_.result({seed, path, 0});
    if (!first) return;
    for (const scenarios::SweepExpectation& its : sweep_.reports()[seed].expectations)
      if (its.path == first->path && its.profile == first->profile && its.result.failed())
        add({seed, path, 0}, std::nullopt, text_of(its.result));
  }

 private:
  static QString number(double value) {
    return std::abs(value) < 1000 ? QString::number(value, 'g', 4) : view::figure(value);
  }

  static QString text_of(const scenarios::ExpectationResult& result) {
    const QString text = Texts::tr("%1 does not hold").arg(QString::fromStdString(result.text));
    const QString why = result.note.empty() ? Texts::tr("the left-hand side is %1").arg(number(result.actual))
                                            : QString::fromStdString(result.note);
    return QStringLiteral("%1: %2").arg(text, why);
  }

  void add(const SweepPlan::Place& place, std::optional<std::size_t> value, QString text) {
    const auto& seeds = sweep_.plan().order.seeds;
    if (seeds.size() > 1) text += Texts::tr(" (seed %1)").arg(seeds[place.seed]);
    all_.push_back({.curve = place.path, .value = value, .text = std::move(text)});
  }

  const Sweep& sweep_;
  std::vector<view::SweepFailure>& all_;
};

std::vector<view::SweepFailure> failures_of(const Sweep& sweep) {
  std::vector<view::SweepFailure> all;
  Failures failures{sweep, all};
  const SweepPlan& plan = sweep.plan();
  for (std::size_t path = 0; path < plan.series.size(); ++path)
    for (std::size_t seed = 0; seed < plan.order.seeds.size(); ++seed) {
      failures.add_whole(seed, path);
      for (std::size_t value = 0; value < plan.values(); ++value) failures.add({seed, path, value});
    }
  return all;
}

// The slowest link that all frames from one host to another have to take.
std::optional<std::uint64_t> only_way(const scenarios::Scenario& scenario,
                                      const scenarios::Workload& workload) {
  std::optional<std::uint64_t> slowest;
  for (const std::string& host : {workload.from, workload.to}) {
    std::vector<std::int64_t> rates;
    for (const scenarios::LinkText& link : scenario.links)
      if (link.a == host || link.b == host) rates.push_back(link.rate.count);
    if (rates.size() != 1 || rates.front() <= 0) continue;
    const auto rate = static_cast<std::uint64_t>(rates.front());
    slowest = slowest ? std::min(*slowest, rate) : rate;
  }
  return slowest;
}

// Where there is one stream: several share a line, or do not.
std::optional<double> line_limit(const scenarios::Scenario& scenario, const std::string& metric) {
  if (scenario.workloads.size() != 1) return std::nullopt;
  const scenarios::Workload& workload = scenario.workloads.front();
  const auto rate = only_way(scenario, workload);
  if (!rate) return std::nullopt;
  if (metric == "goodput_bps") return static_cast<double>(*rate);
  constexpr std::array in_frames{"delivered_pps", "sent_pps", "judged_drops_pps"};
  const auto* load = std::get_if<scenarios::UdpLoad>(&workload.what);
  if (!load || std::ranges::find(in_frames, metric) == in_frames.end()) return std::nullopt;
  return 1 / to_seconds(replay::Budget::time_on_line(static_cast<std::uint32_t>(load->frame_bytes), *rate));
}

view::SweepLimit line_limit(const SweepPlan& plan, const std::string& metric) {
  view::SweepLimit limit{.kind = view::SweepLimit::Kind::line};
  for (const scenarios::LoadedScenario& point : plan.series.front().points)
    limit.at.push_back(line_limit(point.scenario, metric));
  return limit;
}

// Nobody delivers more than comes.
view::SweepLimit offered_limit(const Sweep& sweep, const std::string& metric) {
  view::SweepLimit limit{.kind = view::SweepLimit::Kind::offered};
  for (std::size_t value = 0; value < sweep.plan().values(); ++value) {
    const view::SweepPoint offered = point_of(sweep, 0, value, "offered_pps");
    const bool known = metric == "delivered_pps" && offered.runs > 0;
    limit.at.push_back(known ? std::optional{offered.mean} : std::nullopt);
  }
  return limit;
}

void add_limit(view::SweepScene& scene, view::SweepLimit limit) {
  const auto known = [](const auto& figure) { return figure.has_value(); };
  if (std::ranges::any_of(limit.at, known)) scene.limits.push_back(std::move(limit));
}

QString name_of(const SweepPlan& plan, std::size_t path) {
  const scenarios::LoadedScenario& point = plan.series[path].points.front();
  const auto known = point.ingredients.paths.find(point.scenario.study);
  return QString::fromStdString(known == point.ingredients.paths.end() ? point.scenario.path
                                                                       : known->second.name);
}

QString invitation(const Session& session) {
  const SweepShown& shown = session.sweep();
  if (!shown.failure.isEmpty()) return shown.failure;
  if (session.sides().empty() || session.sides().front().scenario.empty())
    return Texts::tr("Open a scenario: double-click one in the library, or press Ctrl+K");
  if (shown.under_way) return Texts::tr("The points are being loaded …");
  return Texts::tr(
      "Choose what varies and over which values, then run the sweep: each point is a run of its own");
}

}  // namespace

view::SweepScene sweep_scene(const Session& session) {
  const SweepShown& shown = session.sweep();
  view::SweepScene scene{.chosen = shown.chosen,
                         .under_way = shown.under_way,
                         .language = session.language(),
                         .invitation = invitation(session)};
  if (!shown.sweep || !shown.sweep->plan().scenario().vary) return scene;
  const Sweep& sweep = *shown.sweep;
  const SweepPlan& plan = sweep.plan();
  scene.metrics = sweep.metrics();
  scene.metric = shown.metric.empty() ? sweep.main_metric() : shown.metric;
  scene.key = QString::fromStdString(plan.scenario().vary->key);
  const path::Text what = what_varies(plan);
  const bool chinese = session.language() == path::Language::zh_CN;
  scene.what = QString::fromStdString(chinese ? what.zh_CN : what.en);
  scene.values = values_of(plan);
  scene.failures = failures_of(sweep);
  scene.done = sweep.done();
  scene.runs = plan.runs();
  scene.seeds = static_cast<int>(plan.order.seeds.size());
  scene.curves = sweep_curves(sweep, scene.metric);
  add_limit(scene, offered_limit(sweep, scene.metric));
  add_limit(scene, line_limit(plan, scene.metric));
  return scene;
}

std::vector<view::SweepCurve> sweep_curves(const Sweep& sweep, const std::string& metric) {
  const SweepPlan& plan = sweep.plan();
  std::vector<view::SweepCurve> curves;
  for (std::size_t path = 0; path < plan.series.size(); ++path) {
    view::SweepCurve curve{.name = name_of(plan, path)};
    for (std::size_t value = 0; value < plan.values(); ++value)
      curve.points.push_back(point_of(sweep, path, value, metric));
    curves.push_back(std::move(curve));
  }
  return curves;
}

std::optional<model::SweepOrder> sweep_order(const Session& session, const Varied& varied, int seeds) {
  if (session.sides().empty() || session.sides().front().scenario.empty()) return std::nullopt;
  model::SweepOrder order{.scenario = session.sides().front().scenario, .seeds = {}};
  for (int seed = 1; seed <= seeds; ++seed) order.seeds.push_back(static_cast<std::uint64_t>(seed));
  for (const Side& side : session.sides()) {
    scenarios::Overrides its = side.overrides;
    std::erase_if(its.set, [&](const auto& pair) { return pair.first == varied.what.key; });
    if (!varied.by_the_scenario) its.vary = varied.what;
    order.paths.push_back(std::move(its));
  }
  return order;
}

}  // namespace ringside::window
