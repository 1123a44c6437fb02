// Bookmarks stay with a recording: a run that is the same again has them again.
#pragma once

#include <QObject>

#include "window/session.hpp"

namespace ringside::window {

class Bookmarks : public QObject {
  Q_OBJECT

 public:
  explicit Bookmarks(Session&, QObject* parent = nullptr);

 private:
  void recall();
  void remember();

  Session& session_;
  QString of_{};  // the recording whose bookmarks these are
};

}  // namespace ringside::window
