// A widget that shows a picture of the view library, and knows what is under the mouse.
#pragma once

#include <QWidget>

#include "view/picture.hpp"
#include "window/session.hpp"

namespace ringside::window {

class Canvas : public QWidget {
  Q_OBJECT

 public:
  explicit Canvas(Session&, QWidget* parent = nullptr);

  // Drawn anew with the next frame.
  void refresh() { update(); }
  virtual view::Picture picture(QSizeF size) = 0;
  double last_paint_ms() const { return paint_ms_; }

 protected:
  void paintEvent(QPaintEvent*) override;
  void mousePressEvent(QMouseEvent*) override;
  void mouseMoveEvent(QMouseEvent*) override;
  bool event(QEvent*) override;

  // A click on a target; by default packets are selected and times are gone to.
  virtual void clicked(const view::Target&);
  // What the picture says, for those who do not see it; it is announced when it has changed and nothing
  // plays.
  virtual QString spoken() const { return {}; }
  Session& session() const { return session_; }
  const view::Picture& shown() const { return shown_; }

 private:
  void speak();

  Session& session_;
  view::Picture shown_{};
  double paint_ms_ = 0;
};

}  // namespace ringside::window
