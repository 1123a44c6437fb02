#include "window/timeline_pane.hpp"

#include <cmath>

#include <QApplication>
#include <QMouseEvent>
#include <QWheelEvent>

#include "window/timeline_scene.hpp"

namespace ringside::window {

namespace {

constexpr double zoom_of_notch = 1.25;
constexpr double degrees_of_notch = 120;  // in eighths

}  // namespace

TimelinePane::TimelinePane(Session& session, QWidget* parent) : Canvas{session, parent} {
  setMinimumSize(360, 180);
  connect(&session, &Session::moved, this, &Canvas::refresh);
  connect(&session, &Session::range_changed, this, &Canvas::refresh);
  connect(&session, &Session::marked, this, &TimelinePane::count_latencies);
  connect(&session, &Session::sides_changed, this, [this] {
    timeline_.forget();
    count_latencies();
  });
}

view::Picture TimelinePane::picture(QSizeF size) {
  return timeline_.draw(timeline_scene(session(), latencies_), size);
}

void TimelinePane::count_latencies() {
  latencies_ = latencies_between_markers(session());
  refresh();
}

void TimelinePane::mousePressEvent(QMouseEvent* event) {
  const view::Axis& axis = timeline_.axis();
  if (event->button() != Qt::LeftButton || axis.to <= axis.from) return Canvas::mousePressEvent(event);
  grip_ = Grip{event->position(), axis.from, axis.to, axis.picoseconds_per_pixel(), false};
}

void TimelinePane::mouseMoveEvent(QMouseEvent* event) {
  if (!grip_) return Canvas::mouseMoveEvent(event);
  const double moved = event->position().x() - grip_->at.x();
  if (!grip_->dragging && std::abs(moved) < QApplication::startDragDistance()) return;
  grip_->dragging = true;
  setCursor(Qt::ClosedHandCursor);
  const Duration by{static_cast<std::int64_t>(moved * grip_->picoseconds_per_pixel)};
  session().see(grip_->from - by, grip_->to - by);
}

// What has been dragged is no click.
void TimelinePane::mouseReleaseEvent(QMouseEvent* event) {
  if (!grip_) return;
  const bool dragged = grip_->dragging;
  grip_.reset();
  Canvas::mouseMoveEvent(event);
  if (dragged) return;
  const view::Target* target = shown().at(event->position());
  if (target && target->what.starts_with("time ")) return clicked(*target);
  const view::Axis& axis = timeline_.axis();
  if (event->position().x() >= axis.left && event->position().x() <= axis.right)
    session().seek(axis.time(event->position().x()));
}

void TimelinePane::mouseDoubleClickEvent(QMouseEvent* event) {
  const view::Target* target = shown().at(event->position());
  if (!target || !target->what.starts_with("packet ")) return;
  const std::uint64_t packet =
      QString::fromStdString(target->what).section(QLatin1Char{' '}, 1).toULongLong();
  const std::size_t side = timeline_.side_at(event->position().y());
  session().set_packet(session().packet(side) == packet ? 0 : packet, side);
}

void TimelinePane::wheelEvent(QWheelEvent* event) {
  const view::Axis& axis = timeline_.axis();
  if (axis.to <= axis.from) return QWidget::wheelEvent(event);
  const QPoint by = event->angleDelta();
  if (std::abs(by.x()) > std::abs(by.y()))
    session().pan(-by.x() / degrees_of_notch * 0.1);
  else
    session().zoom(std::pow(zoom_of_notch, by.y() / degrees_of_notch),
                   axis.time(std::clamp(event->position().x(), axis.left, axis.right)));
  event->accept();
}

}  // namespace ringside::window
