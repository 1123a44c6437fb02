// How long the window's thread is busy with one thing: a user who waits for longer than a tenth of a second
// notices it.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include <QApplication>

namespace ringside {

class Watched : public QApplication {
 public:
  using QApplication::QApplication;

  // What the user does now: the name under which a delay is reported.
  void begin(std::string step) { step_ = std::move(step); }
  // Does it, and counts it as one thing.
  void act(std::string step, const std::function<void()>& action);

  struct Delay {
    double ms = 0;
    std::string step{};
  };
  const Delay& worst() const { return worst_; }
  void forget() { worst_ = {}; }
  // RINGSIDE_PATIENCE: how many times as long may be taken, by a build with sanitizers.
  static double most_ms();

  bool notify(QObject*, QEvent*) override;

 private:
  void record(double ms);

  std::string step_{};
  Delay worst_{};
  int level_ = -1;           // of the event loop whose event is being handled; -1: none is
  bool in_between_ = false;  // another loop ran meanwhile: a dialog's
};

}  // namespace ringside
