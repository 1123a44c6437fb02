#include "window/timeline_pane.hpp"

#include <cmath>
#include <utility>

#include <QApplication>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QScrollBar>
#include <QWheelEvent>

#include "window/timeline_scene.hpp"

namespace ringside::window {

namespace {

constexpr double zoom_of_notch = 1.25;
constexpr double degrees_of_notch = 120;  // in eighths
constexpr double rows_of_notch = 3;

bool goes_up_or_down(const QKeyEvent& event) {
  if ((event.modifiers() & ~Qt::KeypadModifier) != Qt::NoModifier) return false;
  switch (event.key()) {
    case Qt::Key_Up:
    case Qt::Key_Down:
    case Qt::Key_PageUp:
    case Qt::Key_PageDown: return true;
    default: return false;
  }
}

}  // namespace

TimelinePane::TimelinePane(Session& session, QWidget* parent)
    : Canvas{session, parent}, bar_{new QScrollBar{Qt::Vertical, this}} {
  setMinimumSize(360, 180);
  bar_->hide();
  bar_->setAccessibleName(tr("Rows of the timeline"));
  connect(bar_, &QScrollBar::valueChanged, this, &Canvas::refresh);
  connect(&session, &Session::moved, this, &Canvas::refresh);
  connect(&session, &Session::range_changed, this, &Canvas::refresh);
  connect(&session, &Session::marked, this, &TimelinePane::count_latencies);
  connect(&session, &Session::sides_changed, this, [this] {
    timeline_.forget();
    count_latencies();
  });
}

view::Picture TimelinePane::picture(QSizeF size) {
  view::TimelineScene scene = timeline_scene(session(), latencies_);
  scene.first_row = static_cast<std::size_t>(bar_->value());
  if (!bar_->isHidden()) size.rwidth() -= bar_->width();
  view::Picture drawn = timeline_.draw(scene, size);
  // A widget cannot come or go while another one is painted.
  QMetaObject::invokeMethod(this, &TimelinePane::show_reach, Qt::QueuedConnection);
  return drawn;
}

void TimelinePane::show_reach() {
  const view::Reach& reach = timeline_.reach();
  bar_->setPageStep(std::max(1, static_cast<int>(reach.seen) - 1));
  bar_->setRange(0, static_cast<int>(reach.last));
  if (bar_->isHidden() != (reach.last == 0)) {
    bar_->setVisible(reach.last > 0);
    place_bar();
    refresh();
  }
}

void TimelinePane::place_bar() {
  const int thick = bar_->sizeHint().width();
  bar_->setGeometry(width() - thick, 0, thick, height());
}

// Some wheels turn by less than a row.
void TimelinePane::scroll_rows(double rows) {
  const double turned = std::exchange(turned_, 0) + rows;
  const int whole = static_cast<int>(turned);
  turned_ = turned - whole;
  bar_->setValue(bar_->value() + whole);
}

void TimelinePane::resizeEvent(QResizeEvent* event) {
  Canvas::resizeEvent(event);
  place_bar();
}

// Presenting has commands under some of these keys, but no timeline.
bool TimelinePane::event(QEvent* event) {
  if (event->type() == QEvent::ShortcutOverride && goes_up_or_down(*static_cast<QKeyEvent*>(event))) {
    event->accept();
    return true;
  }
  return Canvas::event(event);
}

void TimelinePane::keyPressEvent(QKeyEvent* event) {
  if (!goes_up_or_down(*event)) return Canvas::keyPressEvent(event);
  QCoreApplication::sendEvent(bar_, event);
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
  const bool over_names = event->position().x() < axis.left;
  if (over_names || event->modifiers().testFlag(Qt::ShiftModifier)) {
    scroll_rows(-(by.x() + by.y()) / degrees_of_notch * rows_of_notch);
    return event->accept();
  }
  if (std::abs(by.x()) > std::abs(by.y()))
    session().pan(-by.x() / degrees_of_notch * 0.1);
  else
    session().zoom(std::pow(zoom_of_notch, by.y() / degrees_of_notch),
                   axis.time(std::clamp(event->position().x(), axis.left, axis.right)));
  event->accept();
}

}  // namespace ringside::window
