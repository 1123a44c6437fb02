// The curves of the sweep: points are chosen with the arrow keys and opened with Enter, or clicked.
#pragma once

#include "view/sweep.hpp"
#include "window/canvas.hpp"

namespace ringside::window {

class SweepCanvas : public Canvas {
  Q_OBJECT

 public:
  explicit SweepCanvas(Session&, QWidget* parent = nullptr);

  view::Picture picture(QSizeF size) override;
  QSize sizeHint() const override { return {900, 300}; }

 protected:
  bool event(QEvent*) override;
  void keyPressEvent(QKeyEvent*) override;
  void clicked(const view::Target&) override;
  QString spoken() const override;

 private:
  void choose_beside(int values, int curves);
  void show_metric_beside(int by);

  view::SweepScene scene_{};
};

}  // namespace ringside::window
