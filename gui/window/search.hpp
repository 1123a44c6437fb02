// Looks for a moment of a recording away from the window, with a reader of its own.
#pragma once

#include <optional>
#include <string>

#include <QObject>

#include "ringside/replay/moments.hpp"
#include "window/errand.hpp"

namespace ringside::window {

class Search : public QObject {
  Q_OBJECT

 public:
  using QObject::QObject;

  // The next such moment after `from`, or the last one before. What is still under way is given up: nothing
  // is said of it.
  void start(const std::string& recording, std::uint64_t from, const replay::Sought&, int direction = 1);
  void stop() { errand_.stop(); }

 Q_SIGNALS:
  void found(std::optional<quint64> events);  // nullopt: there is none

 private:
  Errand errand_{};
};

}  // namespace ringside::window
