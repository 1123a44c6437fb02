#include "window/path_offer.hpp"

namespace ringside::window {

namespace {

QString refusal_of(const std::string& scenario, const scenarios::Overrides& overrides,
                   const scenarios::Library& library) {
  scenarios::Findings findings;
  if (scenarios::load_scenario(scenario, overrides, library, findings)) return {};
  const auto all = findings.in_reading_order();
  return all.empty() ? QString{} : QString::fromStdString(all.front().message);
}

}  // namespace

PathOffer::PathOffer(Session& session, const scenarios::Library& library, QObject* parent)
    : QObject{parent}, session_{session}, library_{library} {
  connect(&session, &Session::sides_changed, this, &PathOffer::ask);
}

// Once the first run is there: it goes before.
void PathOffer::ask() {
  if (!session_.reel()) return;
  const Side& first = session_.sides()[0];
  Question question{first.scenario, first.overrides};
  question.overrides.path.clear();
  if (asked_ == question) return;
  asked_ = question;
  answers_.clear();
  if (question.scenario.empty()) return;  // a recording
  errand_.start(*this, [this, question = std::move(question)](const replay::Progress& on) mutable {
    Answers answers;
    for (const std::string& path : library_.names(scenarios::Kind::path)) {
      if (!on(0)) break;
      question.overrides.path = path;
      answers[path] = refusal_of(question.scenario, question.overrides, library_);
    }
    return [this, answers = std::move(answers)] { answers_ = answers; };
  });
}

QString PathOffer::refusal(const std::string& path) const {
  const auto found = answers_.find(path);
  return found == answers_.end() ? QString{} : found->second;
}

QStringList PathOffer::fitting() const {
  QStringList those;
  for (const auto& [path, refusal] : answers_)
    if (refusal.isEmpty()) those.push_back(QString::fromStdString(path));
  return those;
}

}  // namespace ringside::window
