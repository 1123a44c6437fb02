// A canvas as high as its picture needs: what a scroll area scrolls.
#pragma once

#include <QScrollArea>

#include "window/canvas.hpp"

namespace ringside::window {

class TallCanvas : public Canvas {
  Q_OBJECT

 public:
  explicit TallCanvas(Session&, QWidget* parent = nullptr);

  view::Picture picture(QSizeF size) override;
  virtual view::Picture tall(double width) = 0;
};

// Such canvases below each other, in a panel that is as wide as they are.
class TallPanel : public QScrollArea {
  Q_OBJECT

 public:
  explicit TallPanel(const QList<TallCanvas*>& parts, QWidget* parent = nullptr);

  QSize sizeHint() const override { return {360, 420}; }
};

}  // namespace ringside::window
