#include "view/paint.hpp"

#include <cmath>

#include <QFontMetricsF>
#include <QImage>
#include <QPaintEngine>
#include <QPainterPath>
#include <QPolygonF>

#include "view/signs.hpp"

namespace ringside::view {

namespace {

QFont font_of(const Words& words) {
  QFont font{words.fixed ? QStringLiteral("monospace") : QStringLiteral("sans-serif")};
  font.setStyleHint(words.fixed ? QFont::Monospace : QFont::SansSerif);
  font.setPixelSize(std::max(1, static_cast<int>(std::lround(words.size))));
  font.setBold(words.bold);
  font.setItalic(words.italic);
  return font;
}

Qt::PenStyle style_of(Dash dash) {
  switch (dash) {
    case Dash::solid: return Qt::SolidLine;
    case Dash::dashed: return Qt::DashLine;
    case Dash::dotted: return Qt::DotLine;
  }
  return Qt::SolidLine;
}

class Brushwork {
 public:
  Brushwork(QPainter& painter, Theme theme) : painter_{painter}, theme_{theme} {}

  void operator()(const Box& box) {
    const bool round = box.radius > 0;
    painter_.setRenderHint(QPainter::Antialiasing, round || box.width != 1);
    if (box.fill != Token::none) {
      if (!round && box.hatch == Hatch::none && box.line == Token::none)
        return painter_.fillRect(box.area, tinted(box.fill, box.tone));
      if (by_tiles() && is_plate(box)) return plate(box);
      painter_.setPen(Qt::NoPen);
      painter_.setBrush(tinted(box.fill, box.tone));
      outline(box);
    }
    if (box.hatch != Hatch::none) hatch(box);
    if (box.line == Token::none) return;
    painter_.setBrush(Qt::NoBrush);
    painter_.setPen(QPen{colour(box.line, theme_), box.width, style_of(box.dash)});
    outline(box);
  }

  void operator()(const Line& line) {
    if (line.points.size() < 2) return;
    if (by_tiles() && is_steps(line)) return steps(line);
    painter_.setRenderHint(QPainter::Antialiasing, line.curved || line.arrow || !upright(line));
    if (line.colour == Token::none)
      painter_.setPen(Qt::NoPen);
    else
      painter_.setPen(
          QPen{tinted(line.colour, line.tone), line.width, style_of(line.dash), Qt::FlatCap, Qt::RoundJoin});
    painter_.setBrush(line.fill == Token::none ? QBrush{} : QBrush{tinted(line.fill, line.tone)});
    if (line.curved)
      curve(line);
    else if (line.closed)
      painter_.drawPolygon(line.points.data(), static_cast<int>(line.points.size()));
    else
      painter_.drawPolyline(line.points.data(), static_cast<int>(line.points.size()));
    if (line.closed && line.hatch != Hatch::none) hatch(line);
    if (line.arrow) arrow_head(line);
  }

  void operator()(const Words& words) {
    const QFont font = font_of(words);
    painter_.setFont(font);
    painter_.setPen(colour(words.colour, theme_));
    const int align = words.align == Align::left    ? Qt::AlignLeft
                      : words.align == Align::right ? Qt::AlignRight
                                                    : Qt::AlignHCenter;
    if (words.wrap) {
      painter_.drawText(words.area, align | Qt::AlignTop | Qt::TextWordWrap, words.text);
      return;
    }
    QString text = words.text;
    if (width_of(text, words.size, words.bold) > words.area.width())
      text = QFontMetricsF{font}.elidedText(text, Qt::ElideRight, words.area.width() + 1);
    painter_.drawText(words.area, align | Qt::AlignVCenter | Qt::TextSingleLine, text);
  }

  void operator()(const Glyph& glyph) {
    painter_.setRenderHint(QPainter::Antialiasing, true);
    draw_sign(painter_, glyph.sign, glyph.area, colour(glyph.colour, theme_));
  }

 private:
  QColor tinted(Token token, float tone) const {
    QColor c = colour(token, theme_);
    if (token != Token::none) c.setAlphaF(tone);
    return c;
  }

  static bool upright(const Line& line) {
    for (std::size_t i = 1; i < line.points.size(); ++i)
      if (line.points[i].x() != line.points[i - 1].x() && line.points[i].y() != line.points[i - 1].y())
        return false;
    return true;
  }

  // A filled flight of steps on a level floor, from left to right: what most diagrams consist of.
  static bool is_steps(const Line& line) {
    if (!line.closed || line.colour != Token::none || !upright(line)) return false;
    if (line.points.front().y() != line.points.back().y()) return false;
    for (std::size_t i = 1; i < line.points.size(); ++i)
      if (line.points[i].x() < line.points[i - 1].x()) return false;
    return true;
  }

  // Step by step, as a polygon with so many edges takes several times longer.
  void steps(const Line& line) {
    const double floor = line.points.front().y();
    const QBrush fill{tinted(line.fill, line.tone)};
    const QBrush over = line.hatch == Hatch::none ? QBrush{} : tile(line.hatch, line.hatch_in);
    painter_.setBrushOrigin(QPointF{});
    for (std::size_t i = 1; i < line.points.size(); ++i) {
      const QPointF from = line.points[i - 1];
      const QPointF to = line.points[i];
      if (from.y() == floor || from.x() == to.x()) continue;
      const QRectF step{from.x(), from.y(), to.x() - from.x(), floor - from.y()};
      painter_.fillRect(step, fill);
      if (line.hatch != Hatch::none) painter_.fillRect(step, over);
    }
  }

  static bool is_plate(const Box& box) {
    return box.radius > 0 && box.tone == 1 && box.line != Token::none && box.hatch == Hatch::none &&
           box.dash == Dash::solid;
  }

  // A filled one on one that is larger by the line: the same picture in less time, as nothing is stroked.
  // Packets and chips are of this kind.
  void plate(const Box& box) {
    const double half = static_cast<double>(box.width) / 2;
    painter_.setPen(Qt::NoPen);
    painter_.setBrush(colour(box.line, theme_));
    const double outer = static_cast<double>(box.radius) + half;
    painter_.drawRoundedRect(box.area.adjusted(-half, -half, half, half), outer, outer);
    painter_.setBrush(colour(box.fill, theme_));
    const double inner = std::max(0.0, static_cast<double>(box.radius) - half);
    painter_.drawRoundedRect(box.area.adjusted(half, half, -half, -half), inner, inner);
  }

  void outline(const Box& box) {
    if (box.radius > 0)
      painter_.drawRoundedRect(box.area, box.radius, box.radius);
    else
      painter_.drawRect(box.area);
  }

  // By hand, as Qt's patterns have a pitch of a pixel, which a projector makes a flat tone of.
  void hatch(const Box& box) {
    if (by_tiles()) {
      painter_.setPen(Qt::NoPen);
      painter_.setBrush(tile(box.hatch, box.hatch_in));
      painter_.setBrushOrigin(box.area.topLeft());
      return outline(box);
    }
    QPainterPath clip;
    clip.addRoundedRect(box.area, box.radius, box.radius);
    hatch(clip, box.hatch, box.hatch_in);
  }

  void hatch(const Line& line) {
    const QPolygonF outline{QList<QPointF>{line.points.begin(), line.points.end()}};
    if (by_tiles()) {
      painter_.setPen(Qt::NoPen);
      painter_.setBrush(tile(line.hatch, line.hatch_in));
      painter_.setBrushOrigin(QPointF{});
      painter_.drawPolygon(outline);
      return;
    }
    QPainterPath clip;
    clip.addPolygon(outline);
    hatch(clip, line.hatch, line.hatch_in);
  }

  // On pixels a brush that repeats a tile is many times faster; a file of shapes gets each of them.
  bool by_tiles() const { return painter_.paintEngine()->type() == QPaintEngine::Raster; }

  QColor hatch_ink(Token token) const {
    QColor ink = colour(token, theme_);
    ink.setAlphaF(theme_ == Theme::contrast ? 0.9F : 0.45F);
    return ink;
  }

  static double pitch_of(Hatch hatch) { return hatch == Hatch::dense ? 5 : 7; }

  QBrush tile(Hatch hatch, Token token) const {
    const double pitch = pitch_of(hatch);
    const double scale = painter_.device()->devicePixelRatioF();
    const int side = static_cast<int>(std::ceil(pitch * scale));
    QImage image{side, side, QImage::Format_ARGB32_Premultiplied};
    image.fill(Qt::transparent);
    QPainter on{&image};
    on.setRenderHint(QPainter::Antialiasing, true);
    on.scale(side / pitch, side / pitch);
    strokes(on, QRectF{0, 0, pitch, pitch}, hatch, hatch_ink(token));
    on.end();
    QBrush brush{image};
    brush.setTransform(QTransform::fromScale(pitch / side, pitch / side));
    return brush;
  }

  void hatch(const QPainterPath& clip, Hatch hatch, Token token) {
    painter_.save();
    painter_.setClipPath(clip, Qt::IntersectClip);
    painter_.setRenderHint(QPainter::Antialiasing, true);
    strokes(painter_, clip.boundingRect(), hatch, hatch_ink(token));
    painter_.restore();
  }

  // Over all of an area, and somewhat more: a tile needs the ends of its neighbours' lines.
  static void strokes(QPainter& painter, const QRectF& area, Hatch hatch, const QColor& ink) {
    const double pitch = pitch_of(hatch);
    if (hatch == Hatch::dots) {
      painter.setPen(Qt::NoPen);
      painter.setBrush(ink);
      for (double y = area.top() + pitch / 2; y < area.bottom(); y += pitch)
        for (double x = area.left() + pitch / 2; x < area.right(); x += pitch)
          painter.drawEllipse(QPointF{x, y}, 1, 1);
      return;
    }
    painter.setPen(QPen{ink, 1.2});
    const double h = area.height();
    for (double x = area.left() - h - pitch; x < area.right() + pitch; x += pitch)
      painter.drawLine(QPointF{x - pitch, area.bottom() + pitch}, QPointF{x + h + pitch, area.top() - pitch});
  }

  void curve(const Line& line) {
    QPainterPath path{line.points.front()};
    for (std::size_t i = 1; i + 2 < line.points.size(); i += 3)
      path.cubicTo(line.points[i], line.points[i + 1], line.points[i + 2]);
    painter_.drawPath(path);
  }

  void arrow_head(const Line& line) {
    const QPointF tip = line.points.back();
    QPointF back = line.points[line.points.size() - 2];
    for (std::size_t i = line.points.size() - 2; back == tip && i > 0; --i) back = line.points[i - 1];
    const QPointF way = tip - back;
    const double length = std::hypot(way.x(), way.y());
    if (length == 0) return;
    const QPointF along = way / length * (5.0 + line.width);
    const QPointF across{-along.y() * 0.45, along.x() * 0.45};
    painter_.setPen(Qt::NoPen);
    painter_.setBrush(tinted(line.colour, line.tone));
    painter_.drawPolygon(QPolygonF{{tip, tip - along + across, tip - along - across}});
  }

  QPainter& painter_;
  Theme theme_;
};

}  // namespace

void paint(QPainter& painter, const Picture& picture, Theme theme) {
  painter.save();
  Brushwork brushwork{painter, theme};
  for (const Shape& shape : picture.shapes) std::visit(brushwork, shape);
  painter.restore();
}

}  // namespace ringside::view
