#include "window/comparison_scene.hpp"

#include <algorithm>

#include <QCoreApplication>

#include "ringside/replay/narrate.hpp"
#include "view/comparison_words.hpp"

namespace ringside::window {

namespace {

view::Ending ending_of(const replay::Journey& journey) {
  if (journey.steps.empty()) return view::Ending::absent;
  switch (journey.steps.back().mark.kind) {
    case trace::Kind::end:
    case trace::Kind::link: return view::Ending::delivered;
    case trace::Kind::drop: return view::Ending::dropped;
    case trace::Kind::gone: return view::Ending::used_up;
    default: return view::Ending::under_way;
  }
}

// Stages of the same part that follow each other are one piece of its bar.
std::vector<replay::Share> joined(const std::vector<replay::Share>& parts) {
  std::vector<replay::Share> all;
  for (const replay::Share& part : parts) {
    if (!all.empty() && all.back().of == part.of)
      all.back().lasted += part.lasted;
    else
      all.push_back(part);
  }
  return all;
}

view::ComparedSide side_of(Session& session, std::size_t side, std::uint64_t leading) {
  model::Lockstep& lockstep = session.lockstep();
  view::ComparedSide its{.side = static_cast<int>(side),
                         .path = QString::fromStdString(session.sides()[side].path()),
                         .packet = lockstep.counterpart(0, leading, side)};
  const replay::Journey& journey = lockstep.journey(side, its.packet);
  its.ending = ending_of(journey);
  if (journey.steps.empty()) return its;
  const replay::Cast& cast = session.reel(side)->cast();
  its.from = journey.steps.front().mark.at;
  its.parts = joined(replay::shares(cast, journey.steps));
  if (its.ending == view::Ending::dropped)
    its.reason = view::reason_word(cast, journey.steps.back().mark, session.language());
  return its;
}

QString text_of(const scenarios::Value& value) {
  struct Text {
    QString operator()(double number) const { return QString::number(number, 'g', 12); }
    QString operator()(std::int64_t number) const { return QString::number(number); }
    QString operator()(const std::string& text) const { return QString::fromStdString(text); }
  };
  return std::visit(Text{}, value);
}

template <class Of>
QString each(const Session& session, Of of) {
  QStringList all;
  for (const Side& side : session.sides()) all.push_back(of(side));
  return std::ranges::adjacent_find(all, std::ranges::not_equal_to{}) == all.end()
             ? QString{}
             : all.join(QStringLiteral(" / "));
}

// Keys that all of them have, with other values.
void add_parameters(const Session& session, QStringList& all) {
  if (session.sides().empty() || !session.sides()[0].result) return;
  for (const auto& [key, ignored] : session.sides()[0].result->parameters) {
    const bool everywhere = std::ranges::all_of(session.sides(), [&key = key](const Side& side) {
      return side.result && scenarios::find(side.result->parameters, key);
    });
    if (!everywhere) continue;
    const QString values = each(session, [&key = key](const Side& side) {
      return text_of(*scenarios::find(side.result->parameters, key));
    });
    if (!values.isEmpty()) all.push_back(QString::fromStdString(key) + QLatin1Char{' '} + values);
  }
}

view::Unlike reason_of(model::Unlike unlike) {
  switch (unlike) {
    case model::Unlike::none: return view::Unlike::none;
    case model::Unlike::times: return view::Unlike::times;
    default: return view::Unlike::unread;
  }
}

}  // namespace

QString why_only_time(Session& session) {
  for (std::size_t side = 1; side < session.sides().size(); ++side) {
    const model::Likeness& likeness = session.lockstep().likeness_of(side);
    if (likeness.like()) continue;
    return view::why_not_compared(0, static_cast<int>(side), reason_of(likeness.because), likeness.rank,
                                  likeness.first, likeness.second, session.language());
  }
  return {};
}

QString facts_of(Session& session) {
  const auto reel_text = [&session](view::Fact fact, auto of) {
    const QString values = each(
        session, [&of](const Side& side) { return side.reel ? of(side.reel->cast()) : QStringLiteral("—"); });
    return values.isEmpty() ? values : view::fact_word(fact, session.language()) + QLatin1Char{' '} + values;
  };
  QStringList all;
  for (const QString& fact :
       {reel_text(view::Fact::scenario,
                  [](const replay::Cast& cast) { return QString::fromStdString(cast.scenario); }),
        reel_text(view::Fact::profile,
                  [](const replay::Cast& cast) {
                    return QString::fromStdString(cast.hosts.at(cast.study).profile);
                  }),
        reel_text(view::Fact::seed, [](const replay::Cast& cast) { return QString::number(cast.seed); })})
    if (!fact.isEmpty()) all.push_back(fact);
  add_parameters(session, all);
  const bool path =
      !each(session, [](const Side& side) { return QString::fromStdString(side.path()); }).isEmpty();
  bool arrivals = false;
  for (std::size_t side = 1; side < session.sides().size(); ++side)
    arrivals |= session.lockstep().likeness_of(side).because == model::Unlike::times;
  return view::what_differs(path, arrivals, all, session.language());
}

view::ComparisonScene comparison_of(Session& session, Pair pair) {
  view::ComparisonScene scene;
  scene.language = session.language();
  const std::size_t sides = session.sides().size();
  if (sides < 2) {
    scene.invitation = QCoreApplication::translate(
        "Comparison", "Add a path with + above the stage: the same packet is compared on both.");
    return scene;
  }
  scene.facts.push_back(facts_of(session));
  scene.obstacle = why_only_time(session);
  const std::uint64_t packet = session.leading_packet();
  if (scene.obstacle.isEmpty() && packet == 0)
    scene.invitation = QCoreApplication::translate(
        "Comparison", "No packet has arrived yet: go on, or click one in the stage.");
  if (!scene.obstacle.isEmpty() || packet == 0) return scene;
  for (std::size_t side = 0; side < sides; ++side) scene.sides.push_back(side_of(session, side, packet));
  if (!pair || pair->first >= sides || pair->second >= sides || pair->first == pair->second)
    pair = {0, sides - 1};
  scene.first = pair->first;
  scene.second = pair->second;
  return scene;
}

}  // namespace ringside::window
