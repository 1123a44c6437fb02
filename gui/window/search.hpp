// Looks for a moment of a recording away from the window, with a reader of its own.
#pragma once

#include <atomic>
#include <memory>
#include <optional>
#include <string>
#include <thread>

#include <QObject>

#include "ringside/replay/moments.hpp"

namespace ringside::window {

class Search : public QObject {
  Q_OBJECT

 public:
  using QObject::QObject;
  ~Search() override { stop(); }

  // The next such moment after `from`, or the last one before. What is still under way is given up.
  void start(const std::string& recording, std::uint64_t from, const replay::Sought&, int direction = 1);
  void stop();

 Q_SIGNALS:
  void found(std::optional<quint64> events);  // nullopt: there is none

 private:
  std::shared_ptr<std::atomic<bool>> given_up_{};
  std::thread thread_{};
};

}  // namespace ringside::window
