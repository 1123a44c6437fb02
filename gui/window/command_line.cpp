#include "window/command_line.hpp"

#include <algorithm>

#include <QRegularExpression>
#include <QStringList>

namespace ringside::window {

namespace {

// As a shell reads it: in quotes if it has to be.
QString quoted(const std::string& text) {
  QString word = QString::fromStdString(text);
  static const QRegularExpression plain{QStringLiteral("^[A-Za-z0-9_./:=,%+-]+$")};
  if (plain.match(word).hasMatch()) return word;
  return QLatin1Char{'\''} + word.replace(QLatin1Char{'\''}, QStringLiteral("'\\''")) + QLatin1Char{'\''};
}

void add_run(QStringList& words, const Session& session) {
  const Side& first = session.sides()[0];
  words.push_back(quoted(first.scenario));
  if (!first.overrides.profile.empty())
    words << QStringLiteral("--profile") << quoted(first.overrides.profile);
  for (const auto& [key, value] : first.overrides.set)
    words << QStringLiteral("--set") << quoted(key + '=' + value);
  const auto is_run = [](const Side& side) { return !side.scenario.empty(); };
  const bool one = std::ranges::count_if(session.sides(), is_run) == 1;
  if (one && first.overrides.path.empty()) return;
  for (const Side& side : session.sides())  // a recording beside them is no path
    if (is_run(side)) words << QStringLiteral("--path") << quoted(side.path());
}

}  // namespace

QString command_line_of(Session& session) {
  if (!session.reel()) return {};
  QStringList words{QStringLiteral("ringside-gui")};
  if (session.sides()[0].scenario.empty())
    for (const Side& side : session.sides()) words.push_back(quoted(side.reel->file()));
  else
    add_run(words, session);
  words << QStringLiteral("--at") << QString::number(session.playback().events());
  if (session.packet() != 0) words << QStringLiteral("--packet") << QString::number(session.packet());
  return words.join(QLatin1Char{' '});
}

}  // namespace ringside::window
