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

double width_of(const QString& text, double size, bool bold) {
  return path::pixels(text.toStdString(), size, bold);
}

}  // namespace ringside::view
