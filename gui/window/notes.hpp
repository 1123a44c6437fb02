// What only the lecturer sees: what has just happened, what comes next, and how late it is.
#pragma once

#include <cstdint>
#include <optional>

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
  void tell_next();
  void tell_time();

  Session& session_;
  QLabel* where_;
  QLabel* now_;
  QLabel* next_title_;
  QLabel* next_;
  QLabel* keys_;
  QLabel* clock_;
  std::optional<std::uint64_t> told_{0};  // what comes next, in events; 0: nothing was said yet
  QElapsedTimer since_{};
  QTimer seconds_{};
};

}  // namespace ringside::window
