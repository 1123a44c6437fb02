#include "view/axis.hpp"

#include <cmath>

#include "view/figures.hpp"

namespace ringside::view {

namespace {

constexpr int fine_ticks = 5;  // in one with text

std::int64_t count(Time time) { return time.time_since_epoch().count(); }

std::int64_t rounded_up(std::int64_t value, std::int64_t to) {
  const std::int64_t rest = value % to;
  return rest == 0 ? value : value - rest + (value > 0 ? to : 0);
}

std::int64_t at_least(double picoseconds) {
  for (std::int64_t power = 1;; power *= 10)
    for (const std::int64_t step : {power, 2 * power, 5 * power})
      if (static_cast<double>(step) >= picoseconds || power >= 1'000'000'000'000'000) return step;
}

}  // namespace

QString Axis::text(Time time, Duration apart) const { return moment_text(time, apart, to, pixel()); }

Duration tick_distance(const Axis& axis, double font) {
  Duration step{at_least(axis.picoseconds_per_pixel() * font * 4)};
  for (int i = 0; i < 8; ++i) {  // the closer they are, the longer is what tells them apart
    const double width = std::max(width_of(axis.text(axis.from + step, step), font),
                                  width_of(axis.text(axis.to, step), font)) +
                         font * 1.5;
    if (static_cast<double>(step.count()) / axis.picoseconds_per_pixel() >= width) break;
    step = Duration{at_least(static_cast<double>(step.count()) * 1.5)};
  }
  return step;
}

void draw_ticks(Picture& out, const Axis& axis, const QRectF& area, double below, double font) {
  const Duration step = tick_distance(axis, font);
  const std::int64_t fine = std::max<std::int64_t>(1, step.count() / fine_ticks);
  out.add(Line{.points = {{axis.left, area.bottom()}, {axis.right, area.bottom()}}, .colour = Token::rule});
  for (std::int64_t at = rounded_up(count(axis.from), fine); at <= count(axis.to); at += fine) {
    const Time time{Duration{at}};
    const double x = std::round(axis.x(time));
    const bool written = at % step.count() == 0;
    out.add(Line{.points = {{x, area.bottom() - (written ? 5 : 3)}, {x, area.bottom()}},
                 .colour = written ? Token::pale_ink : Token::rule});
    if (!written) continue;
    if (below > area.bottom())
      out.add(Line{.points = {{x, area.bottom() + 1}, {x, below}}, .colour = Token::faint});
    const QString text = axis.text(time, step);
    const double width = width_of(text, font) + 2;
    if (x - width / 2 < area.left() || x + width / 2 > area.right()) continue;
    out.text({x - width / 2, area.top(), width, area.height() - 5}, text, static_cast<float>(font),
             Token::pale_ink, Align::centre);
  }
}

}  // namespace ringside::view
