// What only the lecturer sees: what has just happened, what comes next, and how late it is.
#pragma once

#include <QElapsedTimer>
#include <QTimer>
#include <QWidget>

#include "window/session.hpp"

class QLabel;

namespace ringside::window {

class Notes : public QWidget {
  Q_OBJECT

 public:
  explicit Notes(Session&);

 private:
  void tell();
  void tell_time();

  Session& session_;
  QLabel* where_;
  QLabel* now_;
  QLabel* next_title_;
  QLabel* next_;
  QLabel* keys_;
  QLabel* clock_;
  QElapsedTimer since_{};
  QTimer seconds_{};
};

}  // namespace ringside::window
