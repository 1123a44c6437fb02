#include "window/errand.hpp"

#include <utility>

#include <QMetaObject>

namespace ringside::window {

void Errand::stop() {
  if (given_up_) *given_up_ = true;
  if (thread_.joinable()) thread_.join();
}

void Errand::start(QObject& whom, std::function<Report(const replay::Progress&)> work) {
  stop();
  given_up_ = std::make_shared<std::atomic<bool>>(false);
  thread_ = std::thread{[&whom, work = std::move(work), given_up = given_up_] {
    const Report report = work([&given_up](double) { return !*given_up; });
    // It may be given up yet, while it waits to be told.
    QMetaObject::invokeMethod(
        &whom,
        [report, given_up] {
          if (!*given_up) report();
        },
        Qt::QueuedConnection);
  }};
}

}  // namespace ringside::window
