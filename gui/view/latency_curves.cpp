// Latency by the share of packets that took no longer. The scale of shares gives each nine the same room, as
// paths differ in their slowest packets.
#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "view/board.hpp"
#include "view/words.hpp"

namespace ringside::view {

namespace {

constexpr double margin = 10;
constexpr double small = 0.84;
constexpr double top_nines = 3.3;

struct Texts {
  Q_DECLARE_TR_FUNCTIONS(Board)
};

double nines(double share) { return std::min(top_nines, -std::log10(std::max(1 - share, 1e-6))); }

struct Mark {
  double share;
  const char* text;
};
constexpr std::array marks{Mark{0.5, "p50"}, Mark{0.9, "p90"}, Mark{0.99, "p99"}, Mark{0.999, "p99.9"}};

QString decade(double ns) {
  if (ns < 1e3) return QStringLiteral("%1\u2009ns").arg(ns);
  if (ns < 1e6) return QStringLiteral("%1\u2009µs").arg(ns / 1e3);
  if (ns < 1e9) return QStringLiteral("%1\u2009ms").arg(ns / 1e6);
  return QStringLiteral("%1\u2009s").arg(ns / 1e9);
}

class CurvePainter {
 public:
  CurvePainter(const BoardScene& scene, double width)
      : scene_{scene}, width_{width}, font_{type_for(width)} {}

  Picture run() {
    measure();
    if (!(least_ < most_)) return {};
    const double title = font_ * (several() ? 3.6 : 2.2);
    put(out_, {margin, font_ * 0.4, width_ - 2 * margin, font_ * 1.6}, said("panel.latency", scene_.language),
        font_, Token::ink, true);
    const double axis = width_of(QStringLiteral("p99.9"), font_ * small) + 8;
    plot_ = {margin + axis, title, width_ - 2 * margin - axis - font_,
             std::clamp(width_ * 0.42, 110.0, 260.0)};
    grid();
    for (std::size_t i = 0; i < scene_.sides.size(); ++i) ghost(scene_.sides[i]);
    for (std::size_t i = 0; i < scene_.sides.size(); ++i) curve(scene_.sides[i], static_cast<int>(i));
    if (several()) letters();
    out_.size = {width_, plot_.bottom() + font_ * 2};
    return std::move(out_);
  }

 private:
  bool several() const { return scene_.sides.size() > 1; }

  // Whole decades would leave most of the room empty.
  void measure() {
    least_ = 1e18, most_ = 0;
    for (const BoardSide& side : scene_.sides) {
      if (!side.traffic) continue;
      for (const auto* curve : {&side.traffic->curve, &side.latencies_before})
        for (const auto& point : *curve) {
          least_ = std::min(least_, to_nanoseconds(point.took));
          most_ = std::max(most_, to_nanoseconds(point.took));
        }
    }
    least_ = std::max(1.0, least_ * 0.8);
    most_ *= 1.25;
  }

  double x(double ns) const {
    const double part = std::log(std::max(ns, least_) / least_) / std::log(most_ / least_);
    return plot_.left() + plot_.width() * std::min(1.0, part);
  }
  double y(double share) const { return plot_.bottom() - plot_.height() * nines(share) / top_nines; }

  void grid() {
    const auto size = static_cast<float>(font_ * small);
    for (const Mark& mark : marks) {
      out_.add(Line{.points = {{plot_.left(), y(mark.share)}, {plot_.right(), y(mark.share)}},
                    .colour = Token::rule,
                    .dash = Dash::dotted});
      out_.text({margin, y(mark.share) - font_ * 0.7, plot_.left() - margin - 5, font_ * 1.4},
                QString::fromLatin1(mark.text), size, Token::pale_ink, Align::right);
    }
    double end = 0;
    for (const double ns : ticks()) {
      const QString text = decade(ns);
      const double wide = width_of(text, font_ * small) + 6;
      const double left = std::clamp(x(ns) - wide / 2, plot_.left() - 10, width_ - wide - 2);
      out_.add(Line{.points = {{x(ns), plot_.top()}, {x(ns), plot_.bottom() + 3}}, .colour = Token::faint});
      if (left < end) continue;
      out_.text({left, plot_.bottom() + 3, wide, font_ * 1.4}, text, size, Token::pale_ink, Align::centre);
      end = left + wide;
    }
    out_.add(Line{.points = {plot_.topLeft(), plot_.bottomLeft(), plot_.bottomRight()},
                  .colour = Token::pale_ink});
  }

  // 1, 2 and 5 of each decade, or 1 alone where there are many.
  std::vector<double> ticks() const {
    std::vector<double> all;
    const bool wide = most_ / least_ > 300;
    for (double power = std::pow(10, std::floor(std::log10(least_))); power <= most_; power *= 10)
      for (const double digit : {1.0, 2.0, 5.0})
        if (power * digit >= least_ && power * digit <= most_ && (digit == 1 || !wide))
          all.push_back(power * digit);
    return all;
  }

  static Dash dash_of(int side) {
    return std::array{Dash::solid, Dash::dashed, Dash::dotted}[static_cast<std::size_t>(side % 3)];
  }

  void curve(const BoardSide& side, int number) {
    if (!side.traffic || side.traffic->curve.empty()) return;
    Line line{.colour = several() ? side_token(number) : Token::ink, .width = 2, .dash = dash_of(number)};
    for (const auto& point : side.traffic->curve)
      line.points.emplace_back(x(to_nanoseconds(point.took)), y(point.share));
    ends_.emplace_back(line.points.back().x(), number);
    out_.add(std::move(line));
  }

  // At the upper ends, none over another.
  void letters() {
    std::ranges::sort(ends_);
    const double r = font_ * 0.6;
    double free = 0;
    for (const auto& [x, side] : ends_) {
      const double left = std::max(free, x - r);
      side_badge(out_, side, {left, plot_.top() - 2 * r - 2, 2 * r, 2 * r});
      free = left + 2 * r + 2;
    }
  }

  // Of the run before.
  void ghost(const BoardSide& side) {
    Line line{.colour = Token::ghost, .width = 1.5F, .dash = Dash::dashed};
    for (const auto& point : side.latencies_before)
      line.points.emplace_back(x(to_nanoseconds(point.took)), y(point.share));
    if (line.points.size() > 1) out_.add(std::move(line));
  }

  const BoardScene& scene_;
  double width_;
  double font_;
  double least_ = 0, most_ = 0;  // nanoseconds
  QRectF plot_{};
  std::vector<std::pair<double, int>> ends_{};  // of the curves
  Picture out_{};
};

}  // namespace

Picture latency_curves(const BoardScene& scene, double width) { return CurvePainter{scene, width}.run(); }

}  // namespace ringside::view
