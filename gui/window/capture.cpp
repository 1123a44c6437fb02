#include "window/capture.hpp"

#include <exception>

#include "ringside/pcap/writer.hpp"
#include "ringside/replay/on_the_wire.hpp"

namespace ringside::window {

namespace {

// How many frames were written; nothing is left of a capture that was given up.
std::uint64_t write(const CaptureOrder& order, const replay::Progress& on) {
  trace::Recording recording{order.recording};
  const replay::Cast cast = replay::cast_of(recording.meta());
  pcap::Writer capture{order.file};
  std::uint64_t frames = 0;
  const bool whole = replay::on_the_wire(
      recording, cast.hosts.at(order.host), order.host, order.from, order.to, order.packet,
      [&](Time at, const trace::Frame& frame) {
        capture.write(at, frame.octets, Bytes{frame.length});
        ++frames;
      },
      on);
  if (whole) capture.finish();
  return frames;
}

}  // namespace

void Capture::start(const CaptureOrder& order) {
  errand_.start(*this, [this, order](const replay::Progress& on) {
    QString failure;
    std::uint64_t frames = 0;
    try {
      frames = write(order, on);
    } catch (const std::exception& error) {
      failure = QString::fromUtf8(error.what());
    }
    return [this, failure, frames] { Q_EMIT finished(failure, frames); };
  });
}

}  // namespace ringside::window
