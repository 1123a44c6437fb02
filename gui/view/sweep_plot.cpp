#include "view/sweep_plot.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "view/board.hpp"
#include "view/metrics.hpp"
#include "view/scale.hpp"
#include "view/words.hpp"

namespace ringside::view {

namespace {

struct Texts {
  Q_DECLARE_TR_FUNCTIONS(Sweep)
};

constexpr double small = 0.86;
constexpr double most_beyond = 1.6;  // of a limit: if all of it were seen, the curves might lie on the ground
constexpr double uneven = 4;         // how much farther apart values are that are seen by decades

// 5.00 kpps is 5 kpps: a tick has no digits that say nothing.
QString tick_text(const std::string& metric, double value) {
  QString text = metric_text(metric, value);
  const qsizetype point = text.indexOf(QLatin1Char{'.'});
  if (point < 0) return text;
  qsizetype end = point + 1;
  while (end < text.size() && text[end].isDigit()) ++end;
  qsizetype last = end;
  while (last > point + 1 && text[last - 1] == QLatin1Char{'0'}) --last;
  if (last == point + 1) --last;
  return text.remove(last, end - last);
}

bool are_words(const std::vector<SweepValue>& values) {
  return std::ranges::any_of(values, [](const SweepValue& value) { return std::isnan(value.number); });
}

// Values that are no numbers stand side by side, in their order.
Scale across(const std::vector<SweepValue>& values) {
  if (are_words(values)) return {.low = -0.5, .high = static_cast<double>(values.size()) - 0.5};
  std::vector<double> x(values.size());
  std::ranges::transform(values, x.begin(), &SweepValue::number);
  std::ranges::sort(x);
  if (x.front() == x.back()) return {.low = x.front() - 1, .high = x.front() + 1};
  double widest = 0, narrowest = x.back() - x.front();
  for (std::size_t i = 1; i < x.size(); ++i) {
    widest = std::max(widest, x[i] - x[i - 1]);
    if (x[i] > x[i - 1]) narrowest = std::min(narrowest, x[i] - x[i - 1]);
  }
  return {.low = x.front(), .high = x.back(), .decades = x.front() > 0 && widest > uneven * narrowest};
}

// What of the figures is seen: all of the curves, and limits that are not far above them.
Scale figures_of(const SweepScene& scene) {
  double least = 1e300, most = -1e300;
  const auto see = [&](double figure) {
    least = std::min(least, figure);
    most = std::max(most, figure);
  };
  for (const SweepCurve& curve : scene.curves)
    for (const SweepPoint& point : curve.points)
      if (point.runs > 0) see(point.low), see(point.high);
  const double beyond = most * most_beyond;
  for (const SweepLimit& limit : scene.limits)
    for (const auto& figure : limit.at)
      if (figure && *figure <= beyond) see(*figure);
  return least > most ? Scale{} : scale_of(least, most);
}

class PlotPainter {
 public:
  PlotPainter(Picture& out, const SweepScene& scene, const QRectF& area, double font)
      : out_{out},
        scene_{scene},
        font_{font},
        words_{are_words(scene.values)},
        x_{across(scene.values)},
        y_{figures_of(scene)} {
    const int most = std::max(2, static_cast<int>(area.height() / (font * 2.6)));
    y_.from = area.bottom() - font * sweep_axis_lines;
    y_.to = area.top() + font * 0.9;
    if (std::ranges::any_of(scene.curves, is_there)) ticks_ = ticks(y_, most);
    double widest = 0;
    for (const double tick : ticks_)
      widest = std::max(widest, width_of(tick_text(scene.metric, tick), font * small));
    const double letters = several() ? font * 2 : font;
    plot_ = {QPointF{area.left() + widest + 8, y_.to}, QPointF{area.right() - letters, y_.from}};
    const double inset = font;  // so that the first curve point does not stand on the axis
    x_.from = plot_.left() + inset;
    x_.to = plot_.right() - inset;
    order_.resize(scene.values.size());
    std::iota(order_.begin(), order_.end(), std::size_t{0});
    std::ranges::stable_sort(order_, {}, [this](std::size_t value) { return place(value); });
  }

  void run() {
    grid();
    values();
    for (const SweepLimit& limit : scene_.limits)
      if (is_drawn(scene_, limit)) draw(limit);
    for (std::size_t curve = 0; curve < scene_.curves.size(); ++curve) band(curve);
    for (std::size_t curve = 0; curve < scene_.curves.size(); ++curve) line(curve);
    for (std::size_t curve = 0; curve < scene_.curves.size(); ++curve) marks(curve);
    if (several()) letters();
  }

 private:
  bool several() const { return scene_.curves.size() > 1; }
  double place(std::size_t value) const {
    return x_.at(words_ ? static_cast<double>(value) : scene_.values[value].number);
  }
  QPointF at(std::size_t value, double figure) const { return {place(value), y_.at(figure)}; }

  void grid() {
    const auto size = static_cast<float>(font_ * small);
    for (const double tick : ticks_) {
      const double y = std::round(y_.at(tick));
      out_.add(Line{.points = {{plot_.left(), y}, {plot_.right(), y}}, .colour = Token::faint});
      const QString text = tick_text(scene_.metric, tick);
      const double wide = width_of(text, font_ * small);
      out_.text({plot_.left() - wide - 6, y - font_ * 0.7, wide + 1, font_ * 1.4}, text, size,
                Token::pale_ink, Align::right);
    }
    out_.add(Line{.points = {plot_.topLeft(), plot_.bottomLeft(), plot_.bottomRight()},
                  .colour = Token::pale_ink});
  }

  // Written where there is room; the last one always is, as ranges are told by their ends.
  void values() {
    if (order_.empty()) return;
    const std::size_t last = order_.back();
    const double end = label(last).left() - font_ * 0.6;
    double free = -1e9;
    for (const std::size_t value : order_) {
      const double x = std::round(place(value));
      out_.add(Line{.points = {{x, plot_.bottom()}, {x, plot_.bottom() + 4}}, .colour = Token::pale_ink});
      const QRectF area = label(value);
      if (value != last && (area.left() < free || area.right() > end)) continue;
      out_.text(area, scene_.values[value].text, static_cast<float>(font_ * small), Token::pale_ink,
                Align::centre);
      free = area.right() + font_ * 0.6;
    }
    QString what = scene_.what.isEmpty() ? scene_.key : scene_.key + QStringLiteral(": ") + scene_.what;
    if (x_.decades) what += Texts::tr(" (logarithmic)");
    out_.text({plot_.left(), plot_.bottom() + font_ * 1.9, plot_.width(), font_ * 1.4}, what,
              static_cast<float>(font_ * small), Token::ink, Align::centre);
  }

  QRectF label(std::size_t value) const {
    const double wide = width_of(scene_.values[value].text, font_ * small) + 2;
    const double most = std::max(plot_.left(), out_.size.width() - wide - 2);
    return {std::clamp(place(value) - wide / 2, std::min(plot_.left() - font_, most), most),
            plot_.bottom() + 5, wide, font_ * 1.4};
  }

  // As far as it is seen: it leaves through the top.
  void draw(const SweepLimit& limit) {
    Line line = sweep_limit_line(limit.kind);
    std::optional<QPointF> before;
    for (const std::size_t value : order_) {
      if (!limit.at[value]) continue;
      const QPointF here = at(value, *limit.at[value]);
      const bool seen = here.y() >= plot_.top();
      const bool was_seen = before && before->y() >= plot_.top();
      if (before && seen != was_seen) {
        const double part = (plot_.top() - before->y()) / (here.y() - before->y());
        line.points.push_back(*before + (here - *before) * part);
      }
      if (seen) line.points.push_back(here);
      before = here;
    }
    out_.add(std::move(line));
  }

  // Neighbours that are there, and have something between them to be drawn.
  template <class Draw>
  void stretches(const SweepCurve& curve, Draw draw) const {
    std::vector<std::size_t> those;
    for (const std::size_t value : order_) {
      if (curve.points[value].runs > 0) {
        those.push_back(value);
        continue;
      }
      if (!those.empty()) draw(those);
      those.clear();
    }
    if (!those.empty()) draw(those);
  }

  void band(std::size_t number) {
    const SweepCurve& curve = scene_.curves[number];
    stretches(curve, [&](const std::vector<std::size_t>& those) {
      Line area{.colour = Token::none,
                .tone = 0.22F,
                .closed = true,
                .fill = several() ? side_token(static_cast<int>(number)) : Token::ghost};
      bool wide = false;
      for (const std::size_t value : those) {
        area.points.push_back(at(value, curve.points[value].high));
        wide |= curve.points[value].high > curve.points[value].low;
      }
      for (auto value = those.rbegin(); value != those.rend(); ++value)
        area.points.push_back(at(*value, curve.points[*value].low));
      if (wide && those.size() > 1) out_.add(std::move(area));
      for (const std::size_t value : those) whiskers(number, value);
    });
  }

  void whiskers(std::size_t number, std::size_t value) {
    const SweepPoint& point = scene_.curves[number].points[value];
    const QPointF high = at(value, point.high), low = at(value, point.low);
    if (low.y() - high.y() < 2) return;
    const Token colour = sweep_token(scene_, number);
    out_.add(Line{.points = {high, low}, .colour = colour});
    for (const QPointF end : {high, low})
      out_.add(Line{.points = {{end.x() - 3, end.y()}, {end.x() + 3, end.y()}}, .colour = colour});
  }

  void line(std::size_t number) {
    const SweepCurve& curve = scene_.curves[number];
    stretches(curve, [&](const std::vector<std::size_t>& those) {
      if (those.size() < 2) return;
      Line line{.colour = sweep_token(scene_, number), .width = 2, .dash = sweep_dash(number)};
      for (const std::size_t value : those) line.points.push_back(at(value, curve.points[value].mean));
      out_.add(std::move(line));
    });
  }

  void marks(std::size_t number) {
    const SweepCurve& curve = scene_.curves[number];
    const double r = std::max(3.5, font_ * 0.28);
    for (std::size_t value = 0; value < curve.points.size(); ++value) {
      const SweepPoint& point = curve.points[value];
      if (point.runs == 0) continue;
      const QPointF centre = at(value, point.mean);
      const SweepPlace place{number, value};
      const auto about = [&](double radius) {
        return QRectF{centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius};
      };
      if (scene_.chosen == place)
        out_.add(Box{
            .area = about(r + 5), .line = Token::focus, .width = 2.5F, .radius = static_cast<float>(r + 5)});
      sweep_mark(out_, scene_, number, centre, r);
      if (point.failed) out_.add(Glyph{.area = about(r + 4), .sign = Sign::cross, .colour = Token::loss});
      out_.targets.push_back({.area = about(std::max(r + 5, 9.0)),
                              .what = "point " + std::to_string(number) + "/" + std::to_string(value),
                              .tip = sentence(scene_, place)});
    }
  }

  // At the right ends, none over another; where there is no room for all, the legend has them.
  void letters() {
    struct End {
      double y;
      std::size_t curve;
    };
    std::vector<End> ends;
    for (std::size_t curve = 0; curve < scene_.curves.size(); ++curve) {
      const auto& points = scene_.curves[curve].points;
      const auto last = std::find_if(order_.rbegin(), order_.rend(),
                                     [&](std::size_t value) { return points[value].runs > 0; });
      if (last != order_.rend()) ends.push_back({y_.at(points[*last].mean), curve});
    }
    std::ranges::sort(ends, {}, &End::y);
    const double r = font_ * 0.62;
    const double apart = 2 * r + 2;
    if (static_cast<double>(ends.size()) * apart > plot_.height()) return;
    double lowest = plot_.bottom() - r;  // spread upwards where they would not fit below
    for (auto end = ends.rbegin(); end != ends.rend(); ++end, lowest -= apart)
      end->y = std::min(end->y, lowest);
    double free = plot_.top() - r;
    for (const End& end : ends) {
      const double y = std::max(free, end.y);
      side_badge(out_, static_cast<int>(end.curve), {plot_.right() + 4, y - r, 2 * r, 2 * r});
      free = y + apart;
    }
  }

  Picture& out_;
  const SweepScene& scene_;
  double font_;
  bool words_;  // are the values
  QRectF plot_{};
  Scale x_{};
  Scale y_{};
  std::vector<double> ticks_{};
  std::vector<std::size_t> order_{};  // of the values, from left to right
};

}  // namespace

Dash sweep_dash(std::size_t curve) { return std::array{Dash::solid, Dash::dashed, Dash::dotted}[curve % 3]; }

Token sweep_token(const SweepScene& scene, std::size_t curve) {
  return scene.curves.size() > 1 ? side_token(static_cast<int>(curve)) : Token::ink;
}

Line sweep_limit_line(SweepLimit::Kind kind) {
  return {.colour = Token::pale_ink,
          .width = 1.5F,
          .dash = kind == SweepLimit::Kind::line ? Dash::dashed : Dash::dotted};
}

// Circle, square, diamond, triangle.
void sweep_mark(Picture& out, const SweepScene& scene, std::size_t curve, QPointF at, double r) {
  const Token colour = sweep_token(scene, curve);
  const auto shape = [&](std::vector<QPointF> points) {
    for (QPointF& point : points) point += at;
    out.add(Line{.points = std::move(points), .colour = colour, .closed = true, .fill = colour});
  };
  switch (curve % 4) {
    case 0:
      return out.add(Box{
          .area = {at.x() - r, at.y() - r, 2 * r, 2 * r}, .fill = colour, .radius = static_cast<float>(r)});
    case 1:
      return out.add(Box{.area = {at.x() - r * 0.9, at.y() - r * 0.9, r * 1.8, r * 1.8}, .fill = colour});
    case 2: return shape({{0, -r * 1.3}, {r * 1.3, 0}, {0, r * 1.3}, {-r * 1.3, 0}});
    default: return shape({{0, -r * 1.2}, {r * 1.2, r}, {-r * 1.2, r}});
  }
}

bool is_drawn(const SweepScene& scene, const SweepLimit& limit) {
  const double top = figures_of(scene).high;
  const auto known = std::ranges::count_if(limit.at, [](const auto& figure) { return figure.has_value(); });
  return known > 1 && std::ranges::any_of(scene.curves, is_there) &&
         std::ranges::any_of(limit.at, [top](const auto& figure) { return figure && *figure <= top; });
}

void sweep_plot(Picture& out, const SweepScene& scene, const QRectF& area, double font) {
  PlotPainter{out, scene, area, font}.run();
}

}  // namespace ringside::view
