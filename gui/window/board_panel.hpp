// The paths in figures: odometers, results, latencies, cycles, and the budget of a frame.
#pragma once

#include "window/tall_canvas.hpp"

namespace ringside::window {

class BoardCanvas : public TallCanvas {
  Q_OBJECT

 public:
  using TallCanvas::TallCanvas;
  view::Picture tall(double width) override;

 protected:
  void clicked(const view::Target&) override;  // a count: its events are listed
};

class BudgetCanvas : public TallCanvas {
  Q_OBJECT

 public:
  using TallCanvas::TallCanvas;
  view::Picture tall(double width) override;
};

class BoardPanel : public TallPanel {
  Q_OBJECT

 public:
  explicit BoardPanel(Session&);
};

}  // namespace ringside::window
