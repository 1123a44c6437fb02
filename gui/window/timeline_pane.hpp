// The timeline in the window: the wheel zooms, dragging pans, a click sets the moment.
#pragma once

#include <optional>
#include <vector>

#include "view/timeline.hpp"
#include "window/canvas.hpp"

namespace ringside::window {

class TimelinePane : public Canvas {
  Q_OBJECT

 public:
  explicit TimelinePane(Session&, QWidget* parent = nullptr);

  view::Picture picture(QSizeF size) override;
  QSize sizeHint() const override { return {900, 260}; }

 protected:
  void mousePressEvent(QMouseEvent*) override;
  void mouseMoveEvent(QMouseEvent*) override;
  void mouseReleaseEvent(QMouseEvent*) override;
  void mouseDoubleClickEvent(QMouseEvent*) override;
  void wheelEvent(QWheelEvent*) override;

 private:
  void count_latencies();

  view::Timeline timeline_{};
  std::vector<std::optional<view::Latency>> latencies_{};
  struct Grip {  // where the button was pressed
    QPointF at{};
    Time from{};  // what was seen then
    Time to{};
    double picoseconds_per_pixel = 0;
    bool dragging = false;
  };
  std::optional<Grip> grip_{};
};

}  // namespace ringside::window
