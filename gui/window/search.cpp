#include "window/search.hpp"

#include <QMetaObject>

namespace ringside::window {

void Search::stop() {
  if (given_up_) *given_up_ = true;
  if (thread_.joinable()) thread_.join();
}

void Search::start(const std::string& recording, std::uint64_t from, const replay::Sought& sought,
                   int direction) {
  stop();
  given_up_ = std::make_shared<std::atomic<bool>>(false);
  thread_ = std::thread{[this, recording, from, sought, direction, given_up = given_up_] {
    std::optional<std::uint64_t> moment;
    try {
      trace::Recording its{recording};
      const auto on = [&given_up](double) { return !*given_up; };
      moment = direction > 0 ? replay::next(its, from, sought, nullptr, on)
                             : replay::previous(its, from, sought, nullptr, on);
    } catch (const trace::RecordingError&) {  // it has been damaged since: there is no such moment in it
    }
    if (*given_up) return;
    QMetaObject::invokeMethod(
        this, [this, moment] { Q_EMIT found(moment); }, Qt::QueuedConnection);
  }};
}

}  // namespace ringside::window
