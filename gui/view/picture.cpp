#include "view/picture.hpp"

#include <algorithm>

#include "ringside/path/width.hpp"

namespace ringside::view {

namespace {

void move(Box& box, QPointF by) { box.area.translate(by); }
void move(Line& line, QPointF by) {
  for (QPointF& p : line.points) p += by;
}
void move(Words& words, QPointF by) { words.area.translate(by); }
void move(Glyph& glyph, QPointF by) { glyph.area.translate(by); }

void scale(QRectF& area, double by) { area = {area.topLeft() * by, area.size() * by}; }
void scale(float& length, double by) { length *= static_cast<float>(by); }

void scale(Box& box, double by) {
  scale(box.area, by);
  scale(box.radius, by);
}
void scale(Line& line, double by) {
  for (QPointF& p : line.points) p *= by;
}
void scale(Words& words, double by) {
  scale(words.area, by);
  scale(words.size, by);
}
void scale(Glyph& glyph, double by) { scale(glyph.area, by); }

}  // namespace

void Picture::place(const Picture& other, QPointF at) {
  for (Shape shape : other.shapes) {
    std::visit([at](auto& s) { move(s, at); }, shape);
    shapes.push_back(std::move(shape));
  }
  for (Target target : other.targets) {
    target.area.translate(at);
    targets.push_back(std::move(target));
  }
}

const Target* Picture::at(QPointF point) const {
  const auto found = std::find_if(targets.rbegin(), targets.rend(),
                                  [point](const Target& t) { return t.area.contains(point); });
  return found == targets.rend() ? nullptr : &*found;
}

// Lines stay as wide as they are: the thinnest could not be seen.
Picture scaled(Picture picture, double factor) {
  picture.size *= factor;
  for (Shape& shape : picture.shapes) std::visit([factor](auto& s) { scale(s, factor); }, shape);
  for (Target& target : picture.targets) scale(target.area, factor);
  return picture;
}

double width_of(const QString& text, double size, bool bold) {
  return path::pixels(text.toStdString(), size, bold);
}

}  // namespace ringside::view
