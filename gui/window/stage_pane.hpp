// The stages in the window: what happens at the moment, for each path side by side.
#pragma once

#include "view/theatre.hpp"
#include "window/canvas.hpp"

namespace ringside::window {

class StagePane : public Canvas {
  Q_OBJECT

 public:
  explicit StagePane(Session&, QWidget* parent = nullptr);

  view::Picture picture(QSizeF size) override;
  // Large type, at most two paths: for a room.
  void set_presenting(bool);
  // While presenting: nothing but black, or only what is around the mouse.
  void set_black(bool);
  bool black() const { return black_; }
  void set_spotlight(bool);

 protected:
  void paintEvent(QPaintEvent*) override;
  void mouseMoveEvent(QMouseEvent*) override;

 private:
  view::Theatre theatre_{};
  bool presenting_ = false;
  bool black_ = false;
  bool spotlight_ = false;
};

}  // namespace ringside::window
