// Runs scenarios away from the window, one thread for each, and brings back their recordings.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>

#include <QObject>
#include <QString>
#include <QTemporaryDir>

#include "model/reel.hpp"
#include "ringside/path/describe.hpp"
#include "ringside/scenarios/load.hpp"
#include "ringside/scenarios/result.hpp"
#include "window/job.hpp"

namespace ringside::window {

struct Order {
  std::string scenario{};
  scenarios::Overrides overrides{};
  path::Language language = path::Language::en;  // in which it is said what is wrong
};

struct Outcome {
  std::shared_ptr<model::Reel> reel{};
  scenarios::RunResult result{};
  QString failure{};  // all findings, or what went wrong; empty: it is whole
};

class Runner : public QObject {
  Q_OBJECT

 public:
  explicit Runner(const scenarios::Library&, QObject* parent = nullptr);
  ~Runner() override;  // stops what runs, and waits for it: nobody else does

  // A run of the same side that is still under way is given up.
  void start(int side, Order);
  // Reads a whole recording, for the views that need all of it.
  void read(int side, const std::string& file);
  void cancel(int side);
  void cancel_all();
  bool running() const { return !jobs_.empty(); }

 Q_SIGNALS:
  void progressed(int side, double done);
  void finished(int side, std::shared_ptr<ringside::window::Outcome>);

 private:
  using Progress = std::function<bool(double)>;
  void start_job(int side, std::function<Outcome(const Progress&)> work);
  void arrived(int side, int number, std::shared_ptr<Outcome>);
  void give_up(int side);

  const scenarios::Library& library_;
  QTemporaryDir folder_{};  // of the recordings, each as long as somebody has its reel
  int number_ = 0;          // of the run
  struct Current {
    int number = 0;
    std::unique_ptr<Job> job{};
  };
  std::map<int, Current> jobs_{};                  // by side
  std::map<int, std::unique_ptr<Job>> leaving_{};  // by number: told to stop, not waited for
};

// Loads, runs and opens the recording: what a job does, without a window. `progress` returns false to stop.
Outcome carry_out(const Order&, const scenarios::Library&, const std::string& recording,
                  std::function<bool(double)> progress);

}  // namespace ringside::window
