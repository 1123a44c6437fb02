// The scrubber in the window: a click or dragging goes to that moment, the wheel zooms the timeline.
#pragma once

#include "view/axis.hpp"
#include "window/canvas.hpp"

namespace ringside::window {

class ScrubberBar : public Canvas {
  Q_OBJECT

 public:
  explicit ScrubberBar(Session&, QWidget* parent = nullptr);

  view::Picture picture(QSizeF size) override;

 protected:
  void mousePressEvent(QMouseEvent*) override;
  void mouseMoveEvent(QMouseEvent*) override;
  void wheelEvent(QWheelEvent*) override;

 private:
  void go_to(double x);

  view::Axis axis_{};
};

}  // namespace ringside::window
