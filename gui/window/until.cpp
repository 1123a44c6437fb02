#include "window/until.hpp"

#include "ringside/replay/condition.hpp"
#include "ringside/scenarios/units_text.hpp"
#include "view/name.hpp"

namespace ringside::window {

Until::Until(Session& session, QObject* parent) : QObject{parent}, session_{session} {
  connect(&search_, &Search::found, this, [this](std::optional<quint64> events) {
    if (events) return session_.seek_event(*events);
    Q_EMIT said(tr("There is no further “%1” in this recording.").arg(condition_));
  });
  connect(&session, &Session::sides_changed, this, [this] {
    if (!session_.reel() || session_.reel()->file() != searched_) search_.stop();
  });
}

void Until::add_to(Commands& commands, QMenu* menu) {
  commands.add("until again", QT_TRANSLATE_NOOP("Command", "To the next such moment"), Qt::Key_N, menu,
               [this] { again(1); });
  commands.add("until before", QT_TRANSLATE_NOOP("Command", "To the last such moment before"),
               Qt::SHIFT | Qt::Key_N, menu, [this] { again(-1); });
}

bool Until::understands(const QString& what) const {
  if (!session_.reel()) return false;
  if (scenarios::parse_duration(what.trimmed().toStdString())) return true;
  try {
    (void)replay::condition_of(what.toStdString(), session_.reel()->cast());
    return true;
  } catch (const replay::ConditionError&) {
    return false;
  }
}

QString Until::go(const QString& what) {
  if (!session_.reel()) return tr("Expected a command, a scenario or a file: nothing is open yet");
  if (const auto time = scenarios::parse_duration(what.toStdString())) {
    session_.seek(Time{*time});
    return {};
  }
  // The moment at which it comes; from now on, it is the selected one.
  if (what.startsWith(QLatin1String{"packet "}))
    session_.set_packet(what.section(QLatin1Char{' '}, 1).toULongLong());
  return seek_condition(what, 1);
}

QString Until::seek_condition(const QString& text, int direction) {
  const model::Reel& reel = *session_.reel();
  try {
    const replay::Sought sought = replay::condition_of(text.toStdString(), reel.cast());
    condition_ = text;
    searched_ = reel.file();
    search_.start(reel.file(), session_.playback().events(), sought, direction);
    return {};
  } catch (const replay::ConditionError& error) {
    return view::named(error.text, session_.language()).lines();
  }
}

void Until::again(int direction) {
  const QString wrong = session_.reel() ? seek_condition(condition_, direction) : tr("Nothing is open yet.");
  if (!wrong.isEmpty()) Q_EMIT said(wrong);
}

}  // namespace ringside::window
