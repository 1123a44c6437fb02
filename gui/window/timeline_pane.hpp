// The timeline in the window: the wheel zooms, dragging pans, a click sets the moment. Where there is no room
// for all rows, the arrow keys, the wheel over their names or with Shift, and a bar go up and down.
#pragma once

#include <optional>
#include <vector>

#include "view/timeline.hpp"
#include "window/canvas.hpp"

class QScrollBar;

namespace ringside::window {

class TimelinePane : public Canvas {
  Q_OBJECT

 public:
  explicit TimelinePane(Session&, QWidget* parent = nullptr);

  view::Picture picture(QSizeF size) override;
  QSize sizeHint() const override { return {900, 260}; }

 protected:
  bool event(QEvent*) override;
  void keyPressEvent(QKeyEvent*) override;
  void resizeEvent(QResizeEvent*) override;
  void mousePressEvent(QMouseEvent*) override;
  void mouseMoveEvent(QMouseEvent*) override;
  void mouseReleaseEvent(QMouseEvent*) override;
  void mouseDoubleClickEvent(QMouseEvent*) override;
  void wheelEvent(QWheelEvent*) override;

 private:
  void count_latencies();
  void show_reach();  // of the picture that was drawn, by the bar
  void place_bar();
  void scroll_rows(double);

  QScrollBar* bar_;    // counts rows
  double turned_ = 0;  // of the wheel, as rows, that have not been gone yet

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
