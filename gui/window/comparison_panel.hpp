// The dock below the stages: one packet on all sides, and what leads from one side to another.
#pragma once

#include "window/canvas.hpp"
#include "window/comparison_scene.hpp"

namespace ringside::window {

class ComparisonPanel : public Canvas {
  Q_OBJECT

 public:
  explicit ComparisonPanel(Session&, QWidget* parent = nullptr);

  view::Picture picture(QSizeF size) override;
  const Pair& pair() const { return pair_; }

 protected:
  // A side that is clicked becomes the second of the two; one that is among them already changes places.
  void clicked(const view::Target&) override;
  QString spoken() const override;

 private:
  void follow();

  Pair pair_{};
  view::ComparisonScene scene_{};
  std::uint64_t shown_packet_ = 0;
};

}  // namespace ringside::window
