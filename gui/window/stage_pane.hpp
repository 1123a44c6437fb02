// The stages in the window: what happens at the moment, for each path side by side.
#pragma once

#include <optional>
#include <vector>

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
  void mousePressEvent(QMouseEvent*) override;
  void mouseMoveEvent(QMouseEvent*) override;
  void mouseReleaseEvent(QMouseEvent*) override;
  void clicked(const view::Target&) override;
  QString spoken() const override { return caption_; }

 private:
  std::size_t side_at(double x) const;  // whose stage it is
  void drag_to(double x);
  QString others_than(const view::TheatreScene&) const;

  view::Theatre theatre_{};
  bool presenting_ = false;
  bool black_ = false;
  bool spotlight_ = false;
  QString caption_{};
  std::vector<int> seats_{};  // the sides that are shown, from left to right
  struct Drag {               // of one side, alone, through time
    std::size_t side = 0;
    double x = 0;
  };
  std::optional<Drag> drag_{};
};

}  // namespace ringside::window
