#include "window/sweeper.hpp"

#include <exception>

#include <QMetaObject>

#include "window/findings.hpp"

namespace ringside::window {

Sweeper::~Sweeper() {
  if (current_) current_->stop = true;
}

void Sweeper::start(model::SweepOrder order, path::Language language) {
  cancel();
  const int number = ++number_;
  current_ = std::make_unique<Job>();
  Job* its = current_.get();
  its->thread = std::thread{
      [this, its, number, language, order = std::move(order)] { work(number, its->stop, order, language); }};
}

void Sweeper::cancel() {
  if (!current_) return;
  current_->stop = true;
  leaving_[number_] = std::move(current_);
}

// Signals are the window's, and of the job that is current.
void Sweeper::post(int number, std::function<void()> say) {
  QMetaObject::invokeMethod(
      this,
      [this, number, say = std::move(say)] {
        if (current_ && number == number_) say();
      },
      Qt::QueuedConnection);
}

void Sweeper::work(int number, const std::atomic<bool>& stop, model::SweepOrder order,
                   path::Language language) {
  QString failure;
  try {
    scenarios::Findings findings;
    auto plan = model::plan_sweep(std::move(order), library_, findings);
    failure = text_of(findings, language);
    if (plan) {
      auto shared = std::make_shared<const model::SweepPlan>(*std::move(plan));
      post(number, [this, shared] { Q_EMIT planned(shared); });
      model::carry_out(*shared, stop, [&](std::size_t run, scenarios::RunResult result) {
        post(number, [this, run, its = std::make_shared<scenarios::RunResult>(std::move(result))] {
          Q_EMIT arrived(run, its);
        });
      });
    }
  } catch (const std::exception& error) {
    failure = QString::fromUtf8(error.what());
  }
  QMetaObject::invokeMethod(
      this, [this, number, failure] { over(number, failure); }, Qt::QueuedConnection);
}

void Sweeper::over(int number, const QString& failure) {
  if (leaving_.erase(number) > 0) return;  // it was given up meanwhile
  if (number != number_) return;
  current_.reset();
  Q_EMIT ended(failure);
}

}  // namespace ringside::window
