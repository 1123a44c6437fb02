// The way of the selected packet, and below it its octets.
#pragma once

#include "window/tall_canvas.hpp"

namespace ringside::window {

class JourneyCanvas : public TallCanvas {
  Q_OBJECT

 public:
  using TallCanvas::TallCanvas;
  view::Picture tall(double width) override;
  // The row of the place that the packet has come to last; empty: there is none.
  QRectF current_row() const;
};

class BytesCanvas : public TallCanvas {
  Q_OBJECT

 public:
  using TallCanvas::TallCanvas;
  view::Picture tall(double width) override;

 protected:
  void mouseMoveEvent(QMouseEvent*) override;
  void leaveEvent(QEvent*) override;
  void clicked(const view::Target&) override {}  // fields are pointed at

 private:
  void point_at(std::string field);
  std::string pointed_{};
};

class JourneyPanel : public TallPanel {
  Q_OBJECT

 public:
  explicit JourneyPanel(Session&);

 private:
  JourneyPanel(Session&, JourneyCanvas*);
  void show_current_row();

  Session& session_;
  JourneyCanvas* journey_;
  QRectF shown_row_{};
};

}  // namespace ringside::window
