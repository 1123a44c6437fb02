// Writes a capture out of a recording, away from the window.
#pragma once

#include <atomic>
#include <memory>
#include <string>
#include <thread>

#include <QObject>
#include <QString>

namespace ringside::window {

struct CaptureOrder {
  std::string recording{};
  std::string file{};
  std::uint64_t from = 0;  // events, `to` excluded
  std::uint64_t to = 0;
  std::uint64_t packet = 0;  // 0: all
};

class Capture : public QObject {
  Q_OBJECT

 public:
  using QObject::QObject;
  ~Capture() override { stop(); }
  void start(const CaptureOrder&);
  void stop();  // what is under way is given up, and nothing of it is left

 Q_SIGNALS:
  void finished(const QString& failure, quint64 frames);

 private:
  std::shared_ptr<std::atomic<bool>> given_up_{};
  std::thread thread_{};
};

}  // namespace ringside::window
