#include "view/overlaps.hpp"

#include <algorithm>

namespace ringside::view {

namespace {

constexpr double slack = 1.5;  // pixels that nobody sees

bool meet(const QRectF& a, const QRectF& b) {
  const QRectF common = a & b;
  return common.width() > slack && common.height() > slack;
}

bool covers(const Box& box) { return box.fill != Token::none && box.tone > 0.5F; }

}  // namespace

QRectF taken_by(const Words& words) {
  if (words.wrap) return words.area;
  const double width = std::min(width_of(words.text, words.size, words.bold), words.area.width());
  const double height = std::min<double>(words.size * 0.8, words.area.height());  // without what is empty
  const double left = words.align == Align::left    ? words.area.left()
                      : words.align == Align::right ? words.area.right() - width
                                                    : words.area.center().x() - width / 2;
  return {left, words.area.center().y() - height / 2, width, height};
}

std::vector<Overlap> overlaps(const Picture& picture) {
  struct Text {
    const Words* words;
    QRectF area;
  };
  std::vector<Overlap> all;
  std::vector<Text> before;
  const QRectF page = QRectF{{0, 0}, picture.size}.adjusted(-slack, -slack, slack, slack);
  for (const Shape& shape : picture.shapes) {
    if (const auto* box = std::get_if<Box>(&shape); box && covers(*box))
      for (const Text& text : before)
        if (meet(box->area, text.area))
          all.push_back({Overlap::Kind::hidden, text.words->text, {}, box->area & text.area});
    const auto* words = std::get_if<Words>(&shape);
    if (!words || words->text.isEmpty()) continue;
    const QRectF area = taken_by(*words);
    for (const Text& text : before)
      if (meet(area, text.area))
        all.push_back({Overlap::Kind::words, text.words->text, words->text, area & text.area});
    if (!page.contains(area)) all.push_back({Overlap::Kind::outside, words->text, {}, area});
    before.push_back({words, area});
  }
  return all;
}

}  // namespace ringside::view
