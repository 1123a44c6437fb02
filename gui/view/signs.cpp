#include "view/signs.hpp"

#include <algorithm>

#include <QPainterPath>
#include <QPolygonF>

namespace ringside::view {

namespace {

// In a square of 16 by 16.
void bolt(QPainter& p) {
  p.drawPolygon(QPolygonF{{{9.5, 0.5}, {3, 9}, {7.2, 9}, {6, 15.5}, {13, 6.4}, {8.6, 6.4}}});
}

void key(QPainter& p, const QColor& colour) {
  p.setPen(QPen{colour, 2});
  p.setBrush(Qt::NoBrush);
  p.drawEllipse(QPointF{4.5, 8}, 3.2, 3.2);
  p.drawPolyline(QPolygonF{{{7.8, 8}, {15, 8}, {15, 11.4}}});
  p.drawLine(QPointF{11.6, 8}, QPointF{11.6, 10.8});
}

void ring(QPainter& p, const QColor& colour) {
  p.setPen(QPen{colour, 2.4, Qt::CustomDashLine});
  QPen pen{colour, 2.6};
  pen.setDashPattern({1.1, 0.6});
  p.setPen(pen);
  p.setBrush(Qt::NoBrush);
  p.drawEllipse(QPointF{8, 8}, 5.6, 5.6);
}

void loop(QPainter& p, const QColor& colour) {
  p.setPen(QPen{colour, 2});
  p.setBrush(Qt::NoBrush);
  p.drawArc(QRectF{2.5, 2.5, 11, 11}, 30 * 16, 290 * 16);
  p.setPen(Qt::NoPen);
  p.setBrush(colour);
  p.drawPolygon(QPolygonF{{{15.4, 8.4}, {10.2, 6.8}, {14, 3.2}}});
}

void cross(QPainter& p, const QColor& colour) {
  p.setPen(QPen{colour, 2.6, Qt::SolidLine, Qt::RoundCap});
  p.drawLine(QPointF{3, 3}, QPointF{13, 13});
  p.drawLine(QPointF{13, 3}, QPointF{3, 13});
}

void bookmark(QPainter& p) { p.drawPolygon(QPolygonF{{{8, 1}, {14, 8}, {8, 15}, {2, 8}}}); }

void gap(QPainter& p, const QColor& colour) {
  p.setPen(QPen{colour, 1.6});
  p.setBrush(Qt::NoBrush);
  QPainterPath wave{{8, 0}};
  wave.cubicTo(14, 4, 2, 5, 8, 8);
  wave.cubicTo(14, 11, 2, 12, 8, 16);
  p.drawPath(wave);
}

void triangle(QPainter& p, double left, double right) {
  p.drawPolygon(QPolygonF{{{left, 2.5}, {left, 13.5}, {right, 8}}});
}

void bar(QPainter& p, double x) { p.drawRect(QRectF{x, 2.5, 2.4, 11}); }

void ball(QPainter& p, double x) { p.drawRoundedRect(QRectF{x, 5, 6, 6}, 1.6, 1.6); }

// The signs of the transport bar, which every player has.
void transport(QPainter& p, Sign sign) {
  switch (sign) {
    case Sign::play: return triangle(p, 3.5, 13.5);
    case Sign::pause: return bar(p, 4), bar(p, 9.6);
    case Sign::step_forth: return triangle(p, 6, 14), bar(p, 2.4);
    case Sign::step_back: return triangle(p, 10, 2), bar(p, 11.2);
    case Sign::packet_forth: return triangle(p, 9, 15.5), ball(p, 1);
    case Sign::packet_back: return triangle(p, 7, 0.5), ball(p, 9);
    case Sign::to_begin: return bar(p, 2), triangle(p, 9, 4.6), triangle(p, 14, 9.6);
    case Sign::to_end: return triangle(p, 2, 6.4), triangle(p, 7, 11.4), bar(p, 11.6);
    default: return;
  }
}

}  // namespace

void draw_sign(QPainter& painter, Sign sign, const QRectF& area, const QColor& colour) {
  painter.save();
  const double side = std::min(area.width(), area.height());
  painter.translate(area.center() - QPointF{side / 2, side / 2});
  painter.scale(side / 16, side / 16);
  painter.setPen(Qt::NoPen);
  painter.setBrush(colour);
  switch (sign) {
    case Sign::bolt: bolt(painter); break;
    case Sign::key: key(painter, colour); break;
    case Sign::ring: ring(painter, colour); break;
    case Sign::loop: loop(painter, colour); break;
    case Sign::cross: cross(painter, colour); break;
    case Sign::bookmark: bookmark(painter); break;
    case Sign::gap: gap(painter, colour); break;
    default: transport(painter, sign); break;
  }
  painter.restore();
}

}  // namespace ringside::view
