#include "window/bookmarks.hpp"

#include <algorithm>
#include <utility>

#include <QSettings>
#include <QStringList>

#include "ringside/trace/hash.hpp"

namespace ringside::window {

namespace {

// What was run, and how it ended: the same for every recording of the same run.
QString setting_of(const model::Reel& reel) {
  const std::string& meta = reel.meta();
  return QStringLiteral("bookmarks/%1-%2-%3")
      .arg(trace::hash_of(meta.data(), meta.size()), 16, 16, QLatin1Char{'0'})
      .arg(reel.events())
      .arg(reel.last().time_since_epoch().count());
}

}  // namespace

Bookmarks::Bookmarks(Session& session, QObject* parent) : QObject{parent}, session_{session} {
  connect(&session, &Session::sides_changed, this, &Bookmarks::recall);
  connect(&session, &Session::marked, this, &Bookmarks::remember);
}

// A run with another parameter keeps the bookmarks of the one before, so that the two can be compared there.
void Bookmarks::recall() {
  const model::Reel* reel = session_.reel();
  const QString its = reel ? setting_of(*reel) : QString{};
  if (std::exchange(of_, its) == its || its.isEmpty() || !session_.bookmarks().empty()) return;
  std::vector<Time> bookmarks;
  for (const QString& word : QSettings{}.value(its).toStringList()) {
    bool number = false;
    const Time at{Duration{word.toLongLong(&number)}};
    if (number && at >= reel->first() && at <= reel->last()) bookmarks.push_back(at);
  }
  std::ranges::sort(bookmarks);
  if (!bookmarks.empty()) session_.set_bookmarks(std::move(bookmarks));
}

void Bookmarks::remember() {
  const model::Reel* reel = session_.reel();
  if (!reel) return;
  QStringList words;
  for (const Time at : session_.bookmarks()) words.push_back(QString::number(at.time_since_epoch().count()));
  QSettings settings;
  if (words.isEmpty())
    settings.remove(setting_of(*reel));
  else
    settings.setValue(setting_of(*reel), words);
}

}  // namespace ringside::window
