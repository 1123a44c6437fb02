#include "window/scrubber_bar.hpp"

#include <cmath>

#include <QMouseEvent>
#include <QWheelEvent>

#include "window/timeline_scene.hpp"

namespace ringside::window {

ScrubberBar::ScrubberBar(Session& session, QWidget* parent) : Canvas{session, parent} {
  setFixedHeight(40);
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
  setAccessibleName(tr("The whole run"));
  connect(&session, &Session::moved, this, &Canvas::refresh);
  connect(&session, &Session::range_changed, this, &Canvas::refresh);
  connect(&session, &Session::marked, this, &Canvas::refresh);
}

view::Picture ScrubberBar::picture(QSizeF size) {
  view::ScrubberPicture made = view::scrubber(scrubber_scene(session()), size);
  axis_ = made.axis;
  return std::move(made.picture);
}

void ScrubberBar::go_to(double x) {
  if (axis_.to > axis_.from) session().seek(axis_.time(std::clamp(x, axis_.left, axis_.right)));
}

void ScrubberBar::mousePressEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton) return Canvas::mousePressEvent(event);
  const view::Target* target = shown().at(event->position());
  target ? clicked(*target) : go_to(event->position().x());
}

void ScrubberBar::mouseMoveEvent(QMouseEvent* event) {
  if (event->buttons() & Qt::LeftButton) return go_to(event->position().x());
  Canvas::mouseMoveEvent(event);
}

void ScrubberBar::wheelEvent(QWheelEvent* event) {
  session().zoom(std::pow(1.25, event->angleDelta().y() / 120.0), session().playback().now());
  event->accept();
}

}  // namespace ringside::window
