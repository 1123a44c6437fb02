#include "window/runs.hpp"

#include <algorithm>
#include <utility>

namespace ringside::window {

bool names_recording(const QString& what) { return what.endsWith(QLatin1String{".rstrace"}); }

Runs::Runs(Session& session, const scenarios::Library& library, QObject* parent)
    : QObject{parent}, session_{session}, runner_{library} {
  connect(&runner_, &Runner::progressed, this, [this](int side, double done) {
    if (static_cast<std::size_t>(side) >= session_.sides().size()) return;
    session_.sides()[static_cast<std::size_t>(side)].progress = std::max(0.0, done);
    Q_EMIT progressed();
  });
  connect(&runner_, &Runner::finished, this, [this](int side, const std::shared_ptr<Outcome>& outcome) {
    arrived(static_cast<std::size_t>(side), *outcome);
  });
}

void Runs::open(const QString& what) { open_all({what}); }

void Runs::open_all(const QStringList& what) {
  if (what.isEmpty()) return;
  if (!names_recording(what.front())) return open_scenario(what.front().toStdString());
  if (!open_recording(what.front())) return;
  for (const QString& other : what.mid(1))
    if (names_recording(other)) add_recording(other);
}

void Runs::open_scenario(const std::string& name, scenarios::Overrides overrides) {
  runner_.cancel_all();
  session_.clear();
  session_.sides().push_back({.scenario = name, .overrides = std::move(overrides)});
  session_.touch_sides();
  Q_EMIT changed();
  run(0);
  Q_EMIT began();
}

std::shared_ptr<model::Reel> Runs::reel_of(const QString& file) {
  try {
    return std::make_shared<model::Reel>(file.toStdString());
  } catch (const std::exception& error) {
    Q_EMIT refused(QString::fromUtf8(error.what()));
    return nullptr;
  }
}

void Runs::show_recording(std::size_t side, const QString& file, std::shared_ptr<model::Reel> reel) {
  const QString damage = QString::fromStdString(reel->damage());
  session_.show_side(side, std::move(reel), std::nullopt);
  session_.sides()[side].failure = damage;
  runner_.read(static_cast<int>(side), file.toStdString());
  Q_EMIT changed();
  Q_EMIT said(damage.isEmpty() ? file : damage);
  Q_EMIT began();
}

bool Runs::open_recording(const QString& file) {
  auto reel = reel_of(file);
  if (!reel) return false;
  runner_.cancel_all();
  session_.clear();
  show_recording(0, file, std::move(reel));
  return true;
}

void Runs::add_recording(const QString& file) {
  if (session_.sides().empty()) {
    open_recording(file);
    return;
  }
  if (is_full()) return;
  if (auto reel = reel_of(file)) show_recording(session_.sides().size(), file, std::move(reel));
}

bool Runs::is_full() {
  if (session_.sides().size() < Session::most_sides) return false;
  Q_EMIT said(tr("Four paths are the most that can be compared."));
  return true;
}

void Runs::add_path(const std::string& path) {
  if (session_.sides().empty() || session_.sides()[0].scenario.empty()) {
    Q_EMIT said(tr("Open a scenario first, then a path to run it on."));
    return;
  }
  if (is_full()) return;
  Side side{.scenario = session_.sides()[0].scenario, .overrides = session_.sides()[0].overrides};
  side.overrides.path = path;
  session_.sides().push_back(std::move(side));
  session_.touch_sides();
  run(session_.sides().size() - 1);
}

// Runs are known by the place of their side: those behind it are started once more.
void Runs::remove_side(int side) {
  runner_.cancel_all();
  session_.remove_side(static_cast<std::size_t>(side));
  for (std::size_t i = 0; i < session_.sides().size(); ++i)
    if (session_.sides()[i].progress < 1) start_anew(i);
  Q_EMIT changed();
}

void Runs::start_anew(std::size_t side) {
  const Side& its = session_.sides()[side];
  if (!its.scenario.empty()) return run(side);
  if (its.reel) runner_.read(static_cast<int>(side), its.reel->file());
}

void Runs::set_parameter(const QString& key, const QString& value) {
  for (Side& side : session_.sides()) {
    auto& set = side.overrides.set;
    std::erase_if(set, [&](const auto& pair) { return pair.first == key.toStdString(); });
    set.emplace_back(key.toStdString(), value.toStdString());
  }
  again();
}

void Runs::again() {
  for (std::size_t side = 0; side < session_.sides().size(); ++side) run(side);
}

void Runs::run(std::size_t side) {
  Side& its = session_.sides()[side];
  if (its.scenario.empty()) return;
  its.progress = 0;
  runner_.start(static_cast<int>(side), {its.scenario, its.overrides, session_.language()});
  Q_EMIT progressed();
}

void Runs::arrived(std::size_t side, const Outcome& outcome) {
  if (side >= session_.sides().size()) return;
  Side& its = session_.sides()[side];
  if (outcome.reel) {
    const bool ran = !its.scenario.empty();
    session_.show_side(side, outcome.reel, ran ? std::optional{outcome.result} : std::nullopt);
    its.failure = QString::fromStdString(outcome.reel->damage());
    Q_EMIT said({});
  } else {
    its.failure = outcome.failure;
    its.progress = 1;
    session_.touch_sides();
    Q_EMIT said(outcome.failure.section(QLatin1Char{'\n'}, 0, 0));
  }
  Q_EMIT changed();
}

}  // namespace ringside::window
