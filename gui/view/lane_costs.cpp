// Where the cycles go that a packet takes: a bar for each side, its parts by lane.
#include <algorithm>

#include "view/board.hpp"
#include "view/name.hpp"
#include "view/words.hpp"

namespace ringside::view {

namespace {

constexpr double margin = 10;
constexpr double small = 0.88;

double total(const BoardSide& side) {
  double sum = 0;
  for (const LaneCost& cost : side.costs) sum += cost.cycles;
  return sum;
}

class CostPainter {
 public:
  CostPainter(const BoardScene& scene, double width) : scene_{scene}, width_{width}, font_{type_for(width)} {}

  Picture run() {
    for (const BoardSide& side : scene_.sides) most_ = std::max(most_, total(side));
    if (most_ <= 0) return {};
    y_ = font_ * 0.4;
    put(out_, {margin, y_, width_ - 2 * margin, font_ * 1.6}, said("panel.cycles", scene_.language), font_,
        Token::ink, true);
    y_ += font_ * 1.9;
    for (std::size_t i = 0; i < scene_.sides.size(); ++i) bar(scene_.sides[i], static_cast<int>(i));
    legend();
    out_.size = {width_, y_ + margin};
    return std::move(out_);
  }

 private:
  void bar(const BoardSide& side, int number) {
    const double height = font_ * 1.6;
    const double sum_wide = width_of(QStringLiteral("00.0\u2009k"), font_, true) + 8;
    double x = margin;
    if (scene_.sides.size() > 1) {
      side_badge(out_, number, {x, y_ + height * 0.12, height * 0.76, height * 0.76});
      x += height * 0.76 + 6;
    }
    const double room = width_ - margin - sum_wide - x;
    for (const LaneCost& cost : side.costs) {
      const double width = room * cost.cycles / most_;
      part(cost, {x, y_, std::max(0.0, width - 1), height});
      x += width;
    }
    const QString text = side.costs.empty() ? QStringLiteral("–") : figure(total(side));
    out_.text({x + 5, y_, sum_wide, height}, text, static_cast<float>(font_), Token::ink, Align::left, true);
    y_ += height + 4;
  }

  void part(const LaneCost& cost, const QRectF& area) {
    if (area.width() < 0.5) return;
    fill(cost.lane, cost.copy, area);
    const QString letter = cost.lane ? QString{QChar::fromLatin1(path::style(*cost.lane).letter)} : QString{};
    if (cost.lane && !cost.copy && area.width() > width_of(letter, font_, true) + 6)
      out_.text(area, letter, static_cast<float>(font_ * 0.9), Token::ground, Align::centre, true);
    out_.targets.push_back({area, "cost", tip(cost)});
  }

  QString tip(const LaneCost& cost) const {
    return QStringLiteral("%1: %2").arg(name_of(cost.lane, cost.copy).joined(), figure(cost.cycles));
  }

  Name name_of(std::optional<path::Lane> lane, bool copy) const {
    if (copy) return said("panel.copying", scene_.language);
    return lane ? named(*lane, scene_.language) : said("panel.rest", scene_.language);
  }

  void fill(std::optional<path::Lane> lane, bool copy, const QRectF& area) {
    if (!lane) {
      out_.add(Box{.area = area.adjusted(0.5, 0.5, -0.5, -0.5), .line = Token::pale_ink});
      return;
    }
    out_.add(Box{.area = area,
                 .fill = copy ? Token::copy : token(*lane),
                 .tone = copy ? 0.35F : 1.0F,
                 .line = copy ? Token::copy : Token::none,
                 .hatch = copy ? Hatch::dense : Hatch::none,
                 .hatch_in = Token::copy});
  }

  // Of what is there: a square and a name for each.
  void legend() {
    const double line = font_ * 1.6;
    const double size = font_ * small;
    double x = margin;
    y_ += 2;
    const auto entry = [&](std::optional<path::Lane> lane, bool copy, const Name& name) {
      const double wide = font_ * 1.6 + width_of(name, size) + font_;
      if (x + wide > width_ - margin && x > margin) x = margin, y_ += line;
      fill(lane, copy, {x, y_ + line * 0.25, font_, line * 0.5});
      put(out_, {x + font_ * 1.4, y_, width_of(name, size) + 4, line}, name, size, Token::pale_ink);
      x += wide;
    };
    for (int i = 0; i < path::lane_count; ++i) {
      const auto lane = static_cast<path::Lane>(i);
      if (there(lane, false)) entry(lane, false, letter_and_name(lane));
    }
    if (there(path::Lane::protocol, true)) entry(path::Lane::protocol, true, name_of({}, true));
    if (there({}, false)) entry({}, false, name_of({}, false));
    y_ += line;
  }

  Name letter_and_name(path::Lane its) const {
    Name name = name_of(its, false);
    name.text.prepend(QChar::fromLatin1(path::style(its).letter) + QStringLiteral("  "));
    return name;
  }

  // Copies are one class, whoever makes them.
  bool there(std::optional<path::Lane> lane, bool copy) const {
    return std::ranges::any_of(scene_.sides, [&](const BoardSide& side) {
      return std::ranges::any_of(
          side.costs, [&](const LaneCost& cost) { return cost.copy == copy && (copy || cost.lane == lane); });
    });
  }

  const BoardScene& scene_;
  double width_;
  double font_;
  double most_ = 0;
  double y_ = 0;
  Picture out_{};
};

}  // namespace

Picture lane_costs(const BoardScene& scene, double width) { return CostPainter{scene, width}.run(); }

}  // namespace ringside::view
