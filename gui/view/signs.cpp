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
  }
  painter.restore();
}

}  // namespace ringside::view
