#include "window/runner.hpp"

#include <exception>
#include <utility>

#include <QFile>
#include <QMetaObject>

#include "ringside/scenarios/run.hpp"
#include "window/findings.hpp"

namespace ringside::window {

namespace {

// Long enough to see what happens, short enough to wait for: a few milliseconds of traffic are a hundred
// thousand events. Over a slow line or a long way nothing has arrived by then: there it is as long as its
// frames and its acknowledgments take. The same for every path, for they are laid side by side.
constexpr Duration long_enough = std::chrono::milliseconds{5};
constexpr int frames_seen = 250;  // of the largest, one behind the other over the slowest link
constexpr int ways_seen = 20;     // one after the other, over the longest
constexpr Duration longest_warmup = std::chrono::milliseconds{1};

Duration to_be_seen(const scenarios::Scenario& scenario) {
  std::map<std::string, Bytes> largest;
  for (const scenarios::HostText& host : scenario.hosts) largest[host.name] = Bytes{host.mtu};
  const auto times = [whole = scenario.duration](int number, Duration each) {
    return number * std::min(each, whole / number);  // which bounds it, too
  };
  Duration seen = long_enough;
  for (const scenarios::LinkText& link : scenario.links) {
    const Duration frame = std::min(largest[link.a], largest[link.b]) / link.rate;
    seen = std::max({seen, times(frames_seen, frame), times(ways_seen, link.delay)});
  }
  return seen;
}

// What has an end of its own runs to it.
void shorten(scenarios::Scenario& scenario, const scenarios::Overrides& overrides) {
  if (overrides.duration) return;
  scenario.duration = std::min(scenario.duration, to_be_seen(scenario));
  scenario.warmup = std::min(scenario.warmup, longest_warmup);
}

// Who tries values makes many runs: the file of each goes with the last one who looks at it.
std::shared_ptr<model::Reel> with_its_file(std::shared_ptr<model::Reel> reel) {
  model::Reel* its = reel.get();
  return {its, [kept = std::move(reel)](model::Reel*) mutable {
            const QString file = QString::fromStdString(kept->file());
            kept.reset();
            QFile::remove(file);
          }};
}

}  // namespace

Outcome carry_out(const Order& order, const scenarios::Library& library, const std::string& recording,
                  std::function<bool(double)> progress) {
  Outcome outcome;
  scenarios::Findings findings;
  auto loaded = scenarios::load_scenario(order.scenario, order.overrides, library, findings);
  if (!loaded) {
    outcome.failure = text_of(findings, order.language);
    return outcome;
  }
  shorten(loaded->scenario, order.overrides);
  try {
    scenarios::RunOptions options;
    options.recording = recording;
    options.progress = progress;
    outcome.result = scenarios::run(loaded->scenario, loaded->ingredients, options);
    if (!outcome.result.refused.empty()) {
      const auto& refusal = outcome.result.refused.front();
      outcome.failure = QString::fromStdString(refusal.host + ": " + refusal.error + ": " + refusal.lacks +
                                               ": " + refusal.for_what);
      return outcome;
    }
    auto reel = std::make_shared<model::Reel>(recording);
    const auto nearly_done = [&progress](double) { return !progress || progress(0.999); };
    if (reel->survey(nearly_done)) outcome.reel = std::move(reel);
  } catch (const std::exception& error) {
    outcome.failure = QString::fromUtf8(error.what());
  }
  return outcome;
}

Runner::Runner(const scenarios::Library& library, QObject* parent) : QObject{parent}, library_{library} {}

Runner::~Runner() {
  for (const auto& [side, current] : jobs_) current.job->stop = true;
}

void Runner::start(int side, Order order) {
  const std::string file = folder_.filePath(QStringLiteral("%1.rstrace").arg(number_ + 1)).toStdString();
  start_job(side, [this, file, order = std::move(order)](const Progress& progress) {
    Outcome outcome = carry_out(order, library_, file, progress);
    if (outcome.reel)
      outcome.reel = with_its_file(std::move(outcome.reel));
    else
      QFile::remove(QString::fromStdString(file));
    return outcome;
  });
}

void Runner::read(int side, const std::string& file) {
  start_job(side, [file](const Progress& progress) {
    Outcome outcome;
    try {
      auto reel = std::make_shared<model::Reel>(file);
      if (reel->survey(progress)) outcome.reel = std::move(reel);
    } catch (const std::exception& error) {
      outcome.failure = QString::fromUtf8(error.what());
    }
    return outcome;
  });
}

void Runner::start_job(int side, std::function<Outcome(const Progress&)> work) {
  give_up(side);
  const int number = ++number_;
  auto job = std::make_unique<Job>();
  Job* its = job.get();
  job->thread = std::thread{[this, its, side, number, work = std::move(work)] {
    // Signals are the window's: who listens need not care which thread works.
    const auto progress = [this, its, side](double done) {
      if (its->stop) return false;
      QMetaObject::invokeMethod(
          this, [this, side, done] { Q_EMIT progressed(side, done); }, Qt::QueuedConnection);
      return true;
    };
    auto outcome = std::make_shared<Outcome>(work(progress));
    QMetaObject::invokeMethod(
        this, [=, this] { arrived(side, number, outcome); }, Qt::QueuedConnection);
  }};
  jobs_[side] = {number, std::move(job)};
}

void Runner::arrived(int side, int number, std::shared_ptr<Outcome> outcome) {
  if (leaving_.erase(number) > 0) return;  // it was given up meanwhile
  const auto job = jobs_.find(side);
  if (job == jobs_.end() || job->second.number != number) return;
  jobs_.erase(job);
  Q_EMIT finished(side, std::move(outcome));
}

void Runner::give_up(int side) {
  const auto job = jobs_.find(side);
  if (job == jobs_.end()) return;
  job->second.job->stop = true;
  leaving_[job->second.number] = std::move(job->second.job);
  jobs_.erase(job);
}

void Runner::cancel(int side) { give_up(side); }

void Runner::cancel_all() {
  while (!jobs_.empty()) give_up(jobs_.begin()->first);
}

}  // namespace ringside::window
