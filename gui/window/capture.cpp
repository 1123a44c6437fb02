#include "window/capture.hpp"

#include <exception>

#include <QMetaObject>

#include "ringside/pcap/writer.hpp"
#include "ringside/replay/on_the_wire.hpp"

namespace ringside::window {

namespace {

// How many frames were written; nothing is left of a capture that was given up.
std::uint64_t write(const CaptureOrder& order, const std::atomic<bool>& given_up) {
  trace::Recording recording{order.recording};
  const replay::Cast cast = replay::cast_of(recording.meta());
  pcap::Writer capture{order.file};
  std::uint64_t frames = 0;
  const bool whole = replay::on_the_wire(
      recording, cast, order.from, order.to, order.packet,
      [&](Time at, const trace::Frame& frame) {
        capture.write(at, frame.octets, Bytes{frame.length});
        ++frames;
      },
      [&given_up](double) { return !given_up; });
  if (whole) capture.finish();
  return frames;
}

}  // namespace

void Capture::stop() {
  if (given_up_) *given_up_ = true;
  if (thread_.joinable()) thread_.join();
}

void Capture::start(const CaptureOrder& order) {
  stop();
  given_up_ = std::make_shared<std::atomic<bool>>(false);
  thread_ = std::thread{[this, order, given_up = given_up_] {
    QString failure;
    std::uint64_t frames = 0;
    try {
      frames = write(order, *given_up);
    } catch (const std::exception& error) {
      failure = QString::fromUtf8(error.what());
    }
    if (*given_up) return;
    QMetaObject::invokeMethod(
        this, [this, failure, frames] { Q_EMIT finished(failure, frames); }, Qt::QueuedConnection);
  }};
}

}  // namespace ringside::window
