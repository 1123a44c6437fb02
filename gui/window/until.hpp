// Going on until something happens: what is typed is a time, a packet, or a condition
// (ringside/replay/condition.hpp) such as "drop" or "queue(rx ring) > 90%".
#pragma once

#include <string>

#include <QObject>
#include <QString>

#include "window/commands.hpp"
#include "window/search.hpp"
#include "window/session.hpp"

namespace ringside::window {

class Until : public QObject {
  Q_OBJECT

 public:
  explicit Until(Session&, QObject* parent = nullptr);
  // The next such moment as before, and the last one before it.
  void add_to(Commands&, QMenu*);

  bool understands(const QString& what) const;
  // Returns what is wrong with it, or nothing.
  QString go(const QString& what);

 Q_SIGNALS:
  void said(const QString& text);

 private:
  QString seek_condition(const QString&, int direction);
  void again(int direction);

  Session& session_;
  Search search_{};
  std::string searched_{};                      // the recording
  QString condition_ = QStringLiteral("drop");  // that was looked for last
};

}  // namespace ringside::window
