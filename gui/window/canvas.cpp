#include "window/canvas.hpp"

#include <QAccessible>
#include <QFocusEvent>
#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include "view/paint.hpp"

namespace ringside::window {

Canvas::Canvas(Session& session, QWidget* parent) : QWidget{parent}, session_{session} {
  setMouseTracking(true);
  setFocusPolicy(Qt::StrongFocus);
  setAttribute(Qt::WA_OpaquePaintEvent);
  connect(&session, &Session::styled, this, &Canvas::refresh);
  connect(&session, &Session::sides_changed, this, &Canvas::refresh);
  connect(&session, &Session::selected, this, &Canvas::refresh);
}

void Canvas::paintEvent(QPaintEvent*) {
  shown_ = picture(QSizeF{size()});
  QPainter painter{this};
  painter.fillRect(rect(), view::colour(view::Token::ground, session_.theme()));
  view::paint(painter, shown_, session_.theme());
  if (hasFocus() && came_by_key_) show_focus(painter);
  speak();
}

// Whoever clicks knows where; whoever presses Tab has to see it.
void Canvas::focusInEvent(QFocusEvent* event) {
  came_by_key_ = event->reason() == Qt::TabFocusReason || event->reason() == Qt::BacktabFocusReason;
  QWidget::focusInEvent(event);
}

void Canvas::show_focus(QPainter& painter) {
  constexpr int width = 2;
  painter.setBrush(Qt::NoBrush);
  painter.setPen(QPen{view::colour(view::Token::focus, session_.theme()), width, Qt::SolidLine, Qt::SquareCap,
                      Qt::MiterJoin});
  painter.drawRect(rect().adjusted(width / 2, width / 2, -width / 2, -width / 2));
}

void Canvas::speak() {
  const QString text = spoken();
  if (text == accessibleDescription()) return;
  setAccessibleDescription(text);
  if (session_.playback().playing()) return;  // it would talk without end
  QAccessibleEvent said{this, QAccessible::Alert};
  QAccessible::updateAccessibility(&said);
}

void Canvas::mousePressEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton) return QWidget::mousePressEvent(event);
  if (const view::Target* target = shown_.at(event->position())) clicked(*target);
}

void Canvas::mouseMoveEvent(QMouseEvent* event) {
  setCursor(shown_.at(event->position()) ? Qt::PointingHandCursor : Qt::ArrowCursor);
}

bool Canvas::event(QEvent* event) {
  if (event->type() != QEvent::ToolTip) return QWidget::event(event);
  if (!explain(static_cast<QHelpEvent*>(event)->pos())) QToolTip::hideText();
  return true;
}

bool Canvas::explain(QPoint at) {
  const view::Target* target = shown_.at(at);
  if (!target || target->tip.isEmpty()) return false;
  QToolTip::showText(mapToGlobal(at), target->tip, this, target->area.toAlignedRect());
  return true;
}

void Canvas::clicked(const view::Target& target) {
  const QString what = QString::fromStdString(target.what);
  const QString value = what.section(QLatin1Char{' '}, 1);
  if (what.startsWith(QLatin1String{"packet "}))
    session_.set_packet(session_.packet() == value.toULongLong() ? 0 : value.toULongLong());
  else if (what.startsWith(QLatin1String{"time "}))
    session_.seek(Time{Duration{value.toLongLong()}});
  else if (what.startsWith(QLatin1String{"event "}))
    session_.seek_event(value.toULongLong());
}

}  // namespace ringside::window
