// Something that is done with a recording away from the window, with a reader of its own; what comes of it is
// said on the window's thread.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <thread>

#include <QObject>

#include "ringside/replay/overview.hpp"

namespace ringside::window {

class Errand {
 public:
  using Report = std::function<void()>;

  Errand() = default;
  Errand(const Errand&) = delete;
  Errand& operator=(const Errand&) = delete;
  ~Errand() { stop(); }

  // What is still under way is given up: nothing more is heard of it. Whoever it is for outlives this.
  void start(QObject& whom, std::function<Report(const replay::Progress&)> work);
  void stop();

 private:
  std::shared_ptr<std::atomic<bool>> given_up_{};
  std::thread thread_{};
};

}  // namespace ringside::window
