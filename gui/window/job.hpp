// A run, or several, away from the window: told to stop at once, and waited for only when it is destroyed.
#pragma once

#include <atomic>
#include <thread>

namespace ringside::window {

struct Job {
  std::atomic<bool> stop{false};
  std::thread thread{};
  ~Job() {
    stop = true;
    if (thread.joinable()) thread.join();
  }
};

}  // namespace ringside::window
