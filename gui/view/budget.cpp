#include "view/budget.hpp"

#include <algorithm>
#include <cmath>

#include "ringside/replay/names.hpp"
#include "view/board.hpp"
#include "view/journey.hpp"
#include "view/words.hpp"

namespace ringside::view {

namespace {

using replay::Budget;

constexpr double small = 0.88;
constexpr double margin = 10;
constexpr double most_budgets = 8;  // that fit on a gauge; what costs more ends in a break

struct Texts {
  Q_DECLARE_TR_FUNCTIONS(Budget)
};

QString time(Duration d) {
  const double ns = to_nanoseconds(d);
  if (ns < 1000) return QStringLiteral("%1\u2009ns").arg(ns, 0, 'f', ns < 99.95 ? 1 : 0);
  return QString::fromStdString(replay::quantity(Duration{d.count() / 1000 * 1000}));
}

QString rate(double bits_per_second) { return figure(bits_per_second, QStringLiteral("bit/s")); }
QString packets(double pps) { return figure(pps, QStringLiteral("pps")); }

class BudgetPainter {
 public:
  BudgetPainter(const BudgetScene& scene, double width)
      : scene_{scene}, width_{width}, font_{type_for(width)} {}

  Picture run() {
    y_ = margin;
    const double size = font_ * 1.15;
    put(out_, {margin, y_, width_ - 2 * margin, size * 1.4}, said("panel.budget", scene_.language), size,
        Token::ink, true);
    y_ += size * 1.6;
    for (std::size_t i = 0; i < scene_.sides.size(); ++i) side(scene_.sides[i], static_cast<int>(i));
    out_.size = {width_, y_ + margin * 0.5};
    return std::move(out_);
  }

 private:
  bool several() const { return scene_.sides.size() > 1; }

  void side(const BudgetSide& its, int number) {
    if (several()) name(its, number);
    if (!its.budget) {
      line(Texts::tr("No packet came through, or the line has no rate: there is no budget."),
           Token::pale_ink);
      return;
    }
    verdict(*its.budget);
    gauge(*its.budget);
    formulas(*its.budget);
    y_ += font_ * 0.8;
  }

  void name(const BudgetSide& its, int number) {
    const double r = font_ * 0.65;
    side_badge(out_, number, {margin, y_ + font_ * 0.2, 2 * r, 2 * r});
    out_.text({margin + 2 * r + 6, y_, width_ - 2 * margin - 2 * r - 6, font_ * 1.7}, its.name,
              static_cast<float>(font_), Token::ink, Align::left, true);
    y_ += font_ * 1.8;
  }

  void line(const QString& text, Token colour, double size = small, bool bold = false) {
    const double room = width_ - 2 * margin;
    const double lines = std::max(1.0, std::ceil(width_of(text, font_ * size, bold) / (room * 0.96)));
    const double height = font_ * size * 1.45 * lines;
    out_.add(Words{.area = {margin, y_, room, height},
                   .text = text,
                   .size = static_cast<float>(font_ * size),
                   .colour = colour,
                   .bold = bold,
                   .wrap = true});
    y_ += height;
  }

  static double times(const Budget& budget) { return to_seconds(budget.cost) / to_seconds(budget.each); }

  void verdict(const Budget& budget) {
    const QString cost = time(budget.cost), each = time(budget.each);
    const double over = times(budget);
    if (budget.bound_only() && over > 1)
      line(Texts::tr("A packet costs %1 or less, the line leaves %2.").arg(cost, each), Token::ink, 1, true);
    else if (over > 1)
      line(Texts::tr("A packet costs %1, the line leaves %2: %3 times too much.")
               .arg(cost, each, QString::number(over, 'f', over < 9.95 ? 1 : 0)),
           Token::loss, 1, true);
    else
      line(Texts::tr("A packet costs %1, the line leaves %2: it can keep up.").arg(cost, each), Token::fine,
           1, true);
    y_ += font_ * 0.3;
  }

  // The budget as a frame, the cost as a bar in it, and what is beyond it hatched.
  void gauge(const Budget& budget) {
    const double room = width_ - 2 * margin;
    const double shown = std::min(times(budget), most_budgets);
    const double one = room / std::max(1.0, shown);
    const double height = font_ * 1.5;
    out_.add(Box{.area = {margin, y_, one, height}, .fill = Token::faint});
    out_.add(Box{.area = {margin, y_ + 3, one * std::min(times(budget), 1.0), height - 6},
                 .fill = Token::protocol});
    if (times(budget) > 1) beyond(budget, {margin + one, y_ + 3, room - one, height - 6});
    out_.add(Box{.area = {margin + 0.5, y_ + 0.5, one - 1, height - 1}, .line = Token::ink, .width = 1.5F});
    y_ += height;
    scale(budget, one, room);
  }

  void beyond(const Budget& budget, const QRectF& area) {
    if (budget.bound_only())  // it may be less
      out_.add(Box{.area = area, .line = Token::pale_ink, .dash = Dash::dashed});
    else
      out_.add(Box{.area = area,
                   .fill = Token::loss,
                   .tone = 0.3F,
                   .line = Token::loss,
                   .hatch = Hatch::diagonal,
                   .hatch_in = Token::loss});
    if (times(budget) <= most_budgets) return;
    const double x = area.right() - font_ * 2.2;
    out_.add(Box{.area = {x - 1, area.top() - 2, font_ * 0.9, area.height() + 4}, .fill = Token::ground});
    out_.add(Glyph{{x, area.top(), font_ * 0.7, area.height()}, Sign::gap, Token::ink});
  }

  // Where the budget ends, and the cost.
  void scale(const Budget& budget, double one, double room) {
    const auto size = static_cast<float>(font_ * small);
    const double height = font_ * 1.4;
    const QString each = time(budget.each), cost = time(budget.cost);
    const double wide = width_of(each, font_ * small) + 4;
    const bool over = budget.cost > budget.each;
    const double x = std::clamp(margin + one - wide / 2, margin, margin + room - wide);
    const double right = width_of(cost, font_ * small, true) + 4;
    if (over && x + wide < margin + room - right)
      out_.text({margin + room - right, y_, right, height}, cost, size,
                budget.bound_only() ? Token::ink : Token::loss, Align::right, true);
    out_.text({over ? x : margin + room - wide, y_, wide, height}, each, size, Token::ink,
              over ? Align::centre : Align::right);
    if (!over) out_.text({margin, y_, room - wide, height}, cost, size, Token::ink, Align::left, true);
    y_ += height + font_ * 0.2;
  }

  void formulas(const Budget& budget) {
    line(Texts::tr("Line: (%1 + %2 octets) × 8 ÷ %3 = %4 for a frame, %5")
             .arg(budget.frame)
             .arg(Budget::around)
             .arg(rate(static_cast<double>(budget.bits_per_second)), time(budget.each),
                  packets(budget.line_pps())),
         Token::pale_ink);
    const QString path = budget.packets == 1
                             ? Texts::tr("Path: cpu %1, the busiest, worked %2 for its only packet")
                             : Texts::tr("Path: cpu %1, the busiest, worked %2 for %3 packets = %4 each");
    QString worked = path.arg(budget.core).arg(time(budget.busy));
    if (budget.packets != 1) worked = worked.arg(grouped(budget.packets), time(budget.cost));
    line(worked, Token::pale_ink);
    line(conclusion(budget), Token::ink);
  }

  static QString conclusion(const Budget& budget) {
    const QString most = packets(budget.most_pps());
    if (budget.bound_only())
      return Texts::tr("It polls without a break and loses nothing: it can take %1, or more.").arg(most);
    return Texts::tr("At that cost it can take %1 at most.").arg(most);
  }

  const BudgetScene& scene_;
  double width_;
  double font_;
  double y_ = 0;
  Picture out_{};
};

}  // namespace

Picture budget(const BudgetScene& scene, double width) {
  if (scene.sides.empty()) return invitation(scene.invitation, width);
  return BudgetPainter{scene, std::min(width, widest)}.run();
}

}  // namespace ringside::view
