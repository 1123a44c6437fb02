// Gathers the events of one kind around a moment of a recording, away from the window, with a reader of its
// own.
#pragma once

#include <string>

#include <QObject>

#include "ringside/replay/moments.hpp"
#include "window/errand.hpp"

namespace ringside::window {

class Gathering : public QObject {
  Q_OBJECT

 public:
  using QObject::QObject;

  // At most so many before the moment, and after it. What is still under way is given up.
  void start(const std::string& recording, std::uint64_t moment, replay::Happening, std::size_t most);
  void stop() { errand_.stop(); }

 Q_SIGNALS:
  void found(const ringside::replay::Gathered&);

 private:
  Errand errand_{};
};

}  // namespace ringside::window
