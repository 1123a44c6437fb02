// Carries out a sweep away from the window, and brings its points as they come in.
#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <memory>

#include <QObject>
#include <QString>

#include "model/sweep.hpp"
#include "ringside/path/describe.hpp"
#include "window/job.hpp"

namespace ringside::window {

class Sweeper : public QObject {
  Q_OBJECT

 public:
  explicit Sweeper(const scenarios::Library& library, QObject* parent = nullptr)
      : QObject{parent}, library_{library} {}
  ~Sweeper() override;  // stops what runs, and waits for it: nobody else does

  // What is still under way is given up; what is wrong with the order is said in the language.
  void start(model::SweepOrder, path::Language);
  void cancel();
  bool running() const { return current_ != nullptr; }

 Q_SIGNALS:
  void planned(std::shared_ptr<const ringside::model::SweepPlan>);
  void arrived(quint64 run, std::shared_ptr<ringside::scenarios::RunResult>);
  void ended(const QString& failure);  // empty: all runs are there. Not when it is cancelled

 private:
  void work(int number, const std::atomic<bool>& stop, model::SweepOrder, path::Language);
  void post(int number, std::function<void()>);
  void over(int number, const QString& failure);

  const scenarios::Library& library_;
  int number_ = 0;  // of the job that is current
  std::unique_ptr<Job> current_{};
  std::map<int, std::unique_ptr<Job>> leaving_{};  // told to stop, not waited for
};

}  // namespace ringside::window
