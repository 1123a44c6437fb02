#include "window/exports.hpp"

#include <algorithm>

#include <QFileDialog>

#include "view/paint.hpp"

namespace ringside::window {

Exports::Exports(Session& session, StagePane& stage, QWidget* parent)
    : QObject{parent}, session_{session}, stage_{stage}, window_{parent} {
  connect(&capture_, &Capture::finished, this, [this](const QString& failure, quint64 frames) {
    Q_EMIT said(failure.isEmpty() ? tr("Frames written: %1").arg(frames) : failure);
  });
}

void Exports::add_to(Commands& commands, QMenu* menu) {
  commands.add("export", QT_TRANSLATE_NOOP("Command", "Export the picture…"), Qt::CTRL | Qt::Key_E, menu,
               [this] { ask_for_picture(); });
  commands.add("capture", QT_TRANSLATE_NOOP("Command", "Export a capture…"), Qt::CTRL | Qt::SHIFT | Qt::Key_E,
               menu, [this] { ask_for_capture(); });
}

void Exports::ask_for_picture() {
  const QString file = QFileDialog::getSaveFileName(
      window_, tr("Export the picture"), QStringLiteral("ringside.svg"), tr("Pictures (*.svg *.png *.json)"));
  if (!file.isEmpty()) write_picture(file);
}

void Exports::ask_for_capture() {
  const QString file = QFileDialog::getSaveFileName(window_, tr("Export a capture"),
                                                    QStringLiteral("ringside.pcap"), tr("Captures (*.pcap)"));
  if (!file.isEmpty()) write_capture(file);
}

void Exports::write_picture(const QString& file) {
  const view::Picture picture = stage_.picture(QSizeF{stage_.size()});
  writers_.start([this, file, write = view::writing(file, picture, session_.theme(), 2)] {
    const QString wrong = write();
    QMetaObject::invokeMethod(
        this,
        [this, file, wrong] {
          Q_EMIT said(wrong.isEmpty() ? tr("Written: %1").arg(file) : wrong);
          Q_EMIT written(file, wrong);
        },
        Qt::QueuedConnection);
  });
}

void Exports::write_capture(const QString& file) {
  model::Reel* reel = session_.reel();
  if (!reel) return Q_EMIT said(tr("Nothing is open yet."));
  CaptureOrder order{.recording = reel->file(),
                     .file = file.toStdString(),
                     .host = session_.host(0),
                     .to = reel->events(),
                     .packet = session_.packet()};
  if (const auto& [a, b] = session_.markers(); a && b) {
    order.from = reel->number_at(std::min(*a, *b) - Duration{1});
    order.to = reel->number_at(std::max(*a, *b));
  }
  capture_.start(order);
}

}  // namespace ringside::window
