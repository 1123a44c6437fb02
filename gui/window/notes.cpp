#include "window/notes.hpp"

#include <utility>

#include <QLabel>
#include <QTime>
#include <QVBoxLayout>

#include "window/scene.hpp"

namespace ringside::window {

Notes::Notes(Session& session)
    : session_{session},
      where_{new QLabel},
      now_{new QLabel},
      next_title_{new QLabel},
      next_{new QLabel},
      keys_{new QLabel},
      clock_{new QLabel} {
  setWindowTitle(tr("Ringside: notes"));
  auto* column = new QVBoxLayout{this};
  column->setContentsMargins(32, 24, 32, 24);
  column->setSpacing(16);
  const auto add = [&](QLabel* label, double points, bool bold = false) {
    QFont font = label->font();
    font.setPointSizeF(points);
    font.setBold(bold);
    label->setFont(font);
    label->setWordWrap(true);
    column->addWidget(label);
  };
  add(where_, 16);
  add(now_, 20);
  column->addStretch();
  add(next_title_, 14, true);
  add(next_, 24, true);
  column->addStretch(2);
  add(clock_, 28);
  add(keys_, 12);
  since_.start();
  seconds_.setInterval(1000);
  connect(&seconds_, &QTimer::timeout, this, &Notes::tell_time);
  connect(&session, &Session::moved, this, &Notes::tell);
  connect(&session, &Session::marked, this, &Notes::tell);
  const auto tell_anew = [this] {
    told_ = 0;
    tell();
  };
  connect(&session, &Session::styled, this, tell_anew);
  connect(&session, &Session::sides_changed, this, tell_anew);
  seconds_.start();
  tell();
  tell_time();
}

void Notes::tell() {
  const auto total = session_.bookmarks().size();
  const model::Reel* reel = session_.reel();
  QStringList where;
  if (total > 0) where.push_back(tr("bookmark %1 of %2").arg(session_.bookmarks_passed()).arg(total));
  if (reel)
    where.push_back(tr("%1  ·  event %2 of %3")
                        .arg(time_text(session_.playback().now()))
                        .arg(session_.playback().events())
                        .arg(reel->events()));
  where_->setText(where.join(QStringLiteral("  ·  ")));
  now_->setText(caption_of(session_).join(QLatin1Char{'\n'}));
  next_title_->setText(tr("Next"));
  tell_next();
  keys_->setText(
      tr("Page Down and Page Up: on and back. B: black. L, held: spotlight. Space: play. Esc: end."));
}

// Not with every frame while it is played: it may be far away in the recording.
void Notes::tell_next() {
  const auto next = session_.next_stop();
  if (std::exchange(told_, next) == next) return;
  next_->setText(next ? caption_of(session_, *next).join(QLatin1Char{'\n'}) : tr("That was the last."));
}

void Notes::tell_time() {
  const QTime since = QTime{0, 0}.addMSecs(static_cast<int>(since_.elapsed()));
  clock_->setText(QStringLiteral("%1     %2")
                      .arg(QTime::currentTime().toString(QStringLiteral("HH:mm")),
                           since.toString(QStringLiteral("H:mm:ss"))));
}

}  // namespace ringside::window
