// A widget that shows a picture of the view library, and knows what is under the mouse.
#pragma once

#include <QWidget>

#include "view/picture.hpp"
#include "window/session.hpp"

class QPainter;

namespace ringside::window {

class Canvas : public QWidget {
  Q_OBJECT

 public:
  explicit Canvas(Session&, QWidget* parent = nullptr);

  // Drawn anew with the next frame.
  void refresh() { update(); }
  virtual view::Picture picture(QSizeF size) = 0;
  Session& session() const { return session_; }
  // Shows the tip of what is there. False: there is none.
  bool explain(QPoint);

 protected:
  void paintEvent(QPaintEvent*) override;
  void focusInEvent(QFocusEvent*) override;
  void mousePressEvent(QMouseEvent*) override;
  void mouseMoveEvent(QMouseEvent*) override;
  bool event(QEvent*) override;

  // A click on a target; by default packets are selected and times are gone to.
  virtual void clicked(const view::Target&);
  // What the picture says, for those who do not see it; it is announced when it has changed and nothing
  // plays.
  virtual QString spoken() const { return {}; }
  const view::Picture& shown() const { return shown_; }

 private:
  void speak();
  void show_focus(QPainter&);

  Session& session_;
  view::Picture shown_{};
  bool came_by_key_ = false;  // the focus
};

}  // namespace ringside::window
