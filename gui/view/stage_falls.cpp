// What was dropped a moment ago: a token that falls, and a × with the reason where nothing is written.
#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <vector>

#include "view/overlaps.hpp"
#include "view/stage_sheet.hpp"
#include "view/type.hpp"

namespace ringside::view {

namespace {

constexpr double height = 1.25;          // of a mark, in that type
constexpr std::size_t most = 6;          // marks at a time
constexpr double step_up_or_down = 2.5;  // how much worse it is than one to a side

// Those of one place and for one reason have one mark.
struct Mark {
  const Dropped* last = nullptr;
  std::uint64_t frames = 0;
};

std::vector<Mark> marks_of(const std::vector<Dropped>& falls) {
  std::vector<Mark> marks;
  for (auto fall = falls.rbegin(); fall != falls.rend(); ++fall) {
    const auto alike = [&](const Mark& mark) {
      return mark.last->key == fall->key && mark.last->from.place == fall->from.place &&
             mark.last->from.index == fall->from.index;
    };
    auto mark = std::ranges::find_if(marks, alike);
    if (mark == marks.end() && marks.size() == most) continue;
    if (mark == marks.end()) mark = marks.insert(mark, {.last = &*fall});
    mark->frames += fall->frames;
  }
  return marks;
}

// "17: rx ring full", "17 and 12 more: rx ring full".
QString text_of(const Mark& mark) {
  const QString number = QString::number(mark.last->packet.packet);
  const QString more = mark.frames > 1 ? QStringLiteral(" +%1").arg(mark.frames - 1) : QString{};
  return number + more + QStringLiteral(": ") + mark.last->reason;
}

// Where stages, queues and words leave room.
class Gaps {
 public:
  explicit Gaps(const StageSheet& sheet) : page_{{0, 0}, sheet.tower.size}, step_{sheet.font() * 0.4} {
    for (const Chip& chip : sheet.tower.chips) taken_.push_back(chip.area);
    for (const Strip& strip : sheet.tower.strips) taken_.push_back(strip.area);
    for (const Shape& shape : sheet.out.shapes)
      if (const auto* words = std::get_if<Words>(&shape)) taken_.push_back(taken_by(*words));
    page_.setLeft(sheet.tower.label);
  }

  // The nearest to a point that is free; nullopt: none is near.
  std::optional<QRectF> nearest(QPointF wanted, QSizeF size) const {
    constexpr int about = 80;  // steps, to both sides
    const auto from_the_middle = [](int i) { return i % 2 == 0 ? -i / 2 : (i + 1) / 2; };
    std::optional<QRectF> best;
    double least = std::numeric_limits<double>::max();
    for (int i = 0; i <= about; ++i) {
      const int row = from_the_middle(i);
      const double row_costs = step_up_or_down * std::abs(row < 0 ? row - 2 : row);
      for (int k = 0; k <= about; ++k) {
        const int column = from_the_middle(k);
        const double costs = row_costs + std::abs(column);
        if (costs >= least) break;
        const QRectF at{{wanted.x() + column * step_, wanted.y() + row * step_}, size};
        if (!is_free(at)) continue;
        best = at;
        least = costs;
      }
    }
    return best;
  }

  void take(const QRectF& area) { taken_.push_back(area); }

 private:
  bool is_free(const QRectF& area) const {
    return page_.contains(area) && std::ranges::none_of(taken_, [&area](const QRectF& taken) {
             return taken.adjusted(-1, -1, 1, 1).intersects(area);
           });
  }

  QRectF page_;
  double step_;
  std::vector<QRectF> taken_{};
};

// The whole text, or what there is room for: the × alone tells that something was lost here.
void draw(StageSheet& sheet, const Mark& mark, Gaps& gaps) {
  const Dropped& fall = *mark.last;
  const QRectF* area = area_of(sheet, fall.from.place, fall.from.index);
  if (!area) return;
  const double font = sheet.font();
  const double size = lesser_type(font);
  QString text = text_of(mark);
  const QPointF wanted{area->left(), area->bottom() + font * 0.3};
  const auto extent = [&] {
    return QSizeF{size * 1.5 + (text.isEmpty() ? 0 : width_of(text, size, true) + 3), font * height};
  };
  auto place = gaps.nearest(wanted, extent());
  if (!place) text.clear(), place = gaps.nearest(wanted, extent());
  if (!place) return;
  gaps.take(*place);
  sheet.out.add(Box{.area = *place, .fill = Token::ground, .line = Token::loss, .radius = 3});
  sheet.out.add(
      Glyph{{place->left() + 2, place->center().y() - size * 0.5, size, size}, Sign::cross, Token::loss});
  sheet.out.text(place->adjusted(size * 1.4, 0, -1, 0), text, static_cast<float>(size), Token::loss,
                 Align::left, true);
  sheet.out.targets.push_back({*place, "packet " + std::to_string(fall.packet.packet),
                               fall.reason + QLatin1Char{'\n'} + QString::fromStdString(fall.key)});
  if (fall.part >= 1) return;
  const QPointF from = anchor(sheet, fall.from.place, fall.from.index);
  draw_token(sheet.out, fall.packet, from + (place->topLeft() - from) * (fall.part * fall.part), font);
}

}  // namespace

void draw_falls(StageSheet& sheet) {
  if (sheet.scene.falls.empty()) return;
  Gaps gaps{sheet};
  for (const Mark& mark : marks_of(sheet.scene.falls)) draw(sheet, mark, gaps);
}

}  // namespace ringside::view
