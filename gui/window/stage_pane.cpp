#include "window/stage_pane.hpp"

#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>

#include "window/scene.hpp"

namespace ringside::window {

StagePane::StagePane(Session& session, QWidget* parent) : Canvas{session, parent} {
  setMinimumSize(360, 240);
  connect(&session, &Session::moved, this, &Canvas::refresh);
  connect(&session, &Session::sides_changed, this, [this] { theatre_.forget(); });
}

view::Picture StagePane::picture(QSizeF size) {
  view::TheatreScene scene = scene_of(session(), presenting_ ? 2 : Session::most_sides);
  if (presenting_) {
    scene.least_font = 20;
    scene.most_font = 32;
  }
  return theatre_.draw(scene, size);
}

void StagePane::set_presenting(bool presenting) {
  presenting_ = presenting;
  black_ = spotlight_ = false;
  refresh();
}

void StagePane::set_black(bool black) {
  black_ = black;
  refresh();
}

void StagePane::set_spotlight(bool on) {
  spotlight_ = on;
  refresh();
}

void StagePane::paintEvent(QPaintEvent* event) {
  if (!black_) Canvas::paintEvent(event);
  if (!black_ && !spotlight_) return;
  QPainter painter{this};
  QPainterPath dark;
  dark.addRect(rect());
  const double radius = std::min(width(), height()) / 5.0;
  QPainterPath light;
  light.addEllipse(QPointF{mapFromGlobal(QCursor::pos())}, radius, radius);
  QColor shade = view::colour(view::Token::shade, session().theme());
  if (!black_) shade.setAlphaF(0.7F);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.fillPath(black_ ? dark : dark.subtracted(light), shade);
}

void StagePane::mouseMoveEvent(QMouseEvent* event) {
  if (spotlight_) refresh();
  Canvas::mouseMoveEvent(event);
}

}  // namespace ringside::window
