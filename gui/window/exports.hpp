// What leaves the window as a file: the picture of the stage, and captures.
#pragma once

#include <QObject>
#include <QString>
#include <QThreadPool>

#include "window/capture.hpp"
#include "window/commands.hpp"
#include "window/stage_pane.hpp"

namespace ringside::window {

class Exports : public QObject {
  Q_OBJECT

 public:
  Exports(Session&, StagePane&, QWidget* parent);
  void add_to(Commands&, QMenu*);

  // Painted now, written on another thread.
  void write_picture(const QString& file);
  // What passed the wire of the host that is shown: of the selected packet, or all; between the markers, or
  // of the whole run.
  void write_capture(const QString& file);

 Q_SIGNALS:
  void written(const QString& file, const QString& wrong);  // empty: nothing is
  void said(const QString& text);

 private:
  void ask_for_picture();
  void ask_for_capture();

  Session& session_;
  StagePane& stage_;
  QWidget* window_;
  Capture capture_{};
  QThreadPool writers_{};  // waited for
};

}  // namespace ringside::window
