// Writes a capture out of a recording, away from the window.
#pragma once

#include <string>

#include <QObject>
#include <QString>

#include "window/errand.hpp"

namespace ringside::window {

struct CaptureOrder {
  std::string recording{};
  std::string file{};
  std::uint16_t host = 0;
  std::uint64_t from = 0;  // events, `to` excluded
  std::uint64_t to = 0;
  std::uint64_t packet = 0;  // 0: all
};

class Capture : public QObject {
  Q_OBJECT

 public:
  using QObject::QObject;
  void start(const CaptureOrder&);  // what is under way is given up, and nothing of it is left

 Q_SIGNALS:
  void finished(const QString& failure, quint64 frames);

 private:
  Errand errand_{};
};

}  // namespace ringside::window
