#include "window/gathering.hpp"

#include <QMetaObject>

namespace ringside::window {

void Gathering::stop() {
  if (given_up_) *given_up_ = true;
  if (thread_.joinable()) thread_.join();
}

void Gathering::start(const std::string& recording, std::uint64_t moment, replay::Happening sought,
                      std::size_t most) {
  stop();
  given_up_ = std::make_shared<std::atomic<bool>>(false);
  thread_ = std::thread{[this, recording, moment, sought = std::move(sought), most, given_up = given_up_] {
    std::optional<replay::Gathered> gathered;
    try {
      trace::Recording its{recording};
      gathered = replay::gather(its, moment, sought, most, [&given_up](double) { return !*given_up; });
    } catch (const trace::RecordingError&) {  // it has been damaged since
      gathered.emplace();
    }
    if (!gathered || *given_up) return;
    QMetaObject::invokeMethod(
        this,
        [this, its = std::move(*gathered), given_up] {
          if (!*given_up) Q_EMIT found(its);
        },
        Qt::QueuedConnection);
  }};
}

}  // namespace ringside::window
