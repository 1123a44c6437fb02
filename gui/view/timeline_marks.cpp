#include "view/timeline_marks.hpp"

#include <cmath>

#include <QCoreApplication>
#include <QStringList>

#include "view/figures.hpp"

namespace ringside::view {

namespace {

std::string time_target(Time time) { return "time " + std::to_string(time.time_since_epoch().count()); }

QString latency_text(const Latency& latency) {
  if (latency.count == 0)
    return QCoreApplication::translate("Timeline", "no packet's way ended here between A and B");
  const QString count =
      latency.count == 1 ? QCoreApplication::translate("Timeline", "1 packet ended")
      : latency.all ? QCoreApplication::translate("Timeline", "%1 packets ended").arg(grouped(latency.count))
                    : QCoreApplication::translate("Timeline", "the first %1 packets that ended")
                          .arg(grouped(latency.count));
  return QStringList{
      count,
      QCoreApplication::translate("Timeline", "latency: mean %1").arg(duration_text(latency.mean)),
      QCoreApplication::translate("Timeline", "min %1").arg(duration_text(latency.min)),
      QStringLiteral("p50 %1").arg(duration_text(latency.p50)),
      QStringLiteral("p99 %1").arg(duration_text(latency.p99)),
      QCoreApplication::translate("Timeline", "max %1").arg(duration_text(latency.max))}
      .join(QStringLiteral("   "));
}

}  // namespace

TimelineMarks::TimelineMarks(const TimelineScene& scene, const Axis& axis, QSizeF size)
    : scene_{scene}, axis_{axis} {
  const double line = std::round(scene.font * 1.5);
  const bool any = scene.markers[0] || scene.markers[1];
  const bool both = scene.markers[0] && scene.markers[1];
  const double foot = both ? line * static_cast<double>(scene.sides.size()) + 4 : 0;
  flags_ = {axis.left, 1, axis.width(), any ? line : 0};
  ticks_ = {axis.left, flags_.bottom() + 1, axis.width(), line + 3};
  rows_ = {axis.left, ticks_.bottom() + 3, axis.width(), size.height() - ticks_.bottom() - foot - 6};
  foot_ = {0, size.height() - foot, size.width(), foot};
}

void TimelineMarks::draw(Picture& out) const {
  between(out);
  for (std::size_t which = 0; which < scene_.markers.size(); ++which) marker(out, which);
  cursor(out);
  numbers(out);
}

// What is between the markers has their colour, and its length above.
void TimelineMarks::between(Picture& out) const {
  if (!scene_.markers[0] || !scene_.markers[1]) return;
  const auto [from, to] = std::minmax(*scene_.markers[0], *scene_.markers[1]);
  if (to < axis_.from || from > axis_.to) return;
  const double left = std::max(axis_.x(from), axis_.left);
  const double right = std::min(axis_.x(to), axis_.right);
  out.add(
      Box{.area = {left, rows_.top(), right - left, rows_.height()}, .fill = Token::marker, .tone = 0.09F});
  const QString text = QStringLiteral("Δ") + QChar{0x2009} + duration_text(to - from);
  const double width = width_of(text, scene_.font, true) + 8;
  const double room = right - left - 2 * scene_.font * 1.6;
  const double y = flags_.center().y();
  if (room < width) return;
  out.add(Line{.points = {{left, y}, {right, y}}, .colour = Token::marker});
  const QRectF at{(left + right - width) / 2, flags_.top(), width, flags_.height()};
  out.add(Box{.area = at, .fill = Token::ground});
  out.text(at, text, static_cast<float>(scene_.font), Token::marker, Align::centre, true);
}

void TimelineMarks::marker(Picture& out, std::size_t which) const {
  if (!scene_.markers[which]) return;
  const Time time = *scene_.markers[which];
  if (!axis_.shows(time)) return;
  const double x = std::round(axis_.x(time));
  const double side = scene_.font * 1.4;
  // A to the left of its line and B to the right of it: they do not hide each other.
  const double left = std::clamp(which == 0 ? x - side : x, axis_.left, axis_.right - side);
  out.add(Line{.points = {{x, flags_.top()}, {x, rows_.bottom()}}, .colour = Token::marker, .width = 2});
  const QRectF flag{left, flags_.top(), side, flags_.height()};
  out.add(Box{.area = flag, .fill = Token::marker});
  out.text(flag, which == 0 ? QStringLiteral("A") : QStringLiteral("B"), static_cast<float>(scene_.font),
           Token::ground, Align::centre, true);
  out.targets.push_back({flag, time_target(time), axis_.text(time)});
}

void TimelineMarks::cursor(Picture& out) const {
  const QString text = axis_.text(scene_.now);
  const double width = width_of(text, scene_.font * 0.9, true) + 10;
  const bool before = scene_.now < axis_.from;
  const bool behind = scene_.now > axis_.to;
  const double x = before ? axis_.left : behind ? axis_.right : std::round(axis_.x(scene_.now));
  if (!before && !behind)
    out.add(Line{.points = {{x, ticks_.top()}, {x, rows_.bottom()}}, .colour = Token::focus, .width = 2});
  const QRectF flag{std::clamp(x - width / 2, axis_.left, std::max(axis_.left, axis_.right - width)),
                    ticks_.top(), width, ticks_.height() - 4};
  out.add(Box{.area = flag, .fill = Token::focus, .radius = 3});
  out.text(flag, text, static_cast<float>(scene_.font * 0.9), Token::ground, Align::centre, true);
  if (!before && !behind) return;
  // The moment is elsewhere: to where the arrow points.
  const double tip = before ? flag.right() + 2 : flag.left() - 2;
  const double way = before ? 6 : -6;
  out.add(
      Line{.points = {{tip + way, flag.top() + 2}, {tip, flag.center().y()}, {tip + way, flag.bottom() - 2}},
           .colour = Token::focus,
           .width = 2});
}

void TimelineMarks::numbers(Picture& out) const {
  if (foot_.height() <= 0) return;
  const Duration apart = *scene_.markers[1] - *scene_.markers[0];
  const QString range = QStringLiteral("A → B  ") + duration_text(std::chrono::abs(apart));
  out.add(Box{.area = foot_, .fill = Token::panel});
  out.add(Line{.points = {foot_.topLeft(), foot_.topRight()}, .colour = Token::rule});
  const double line = (foot_.height() - 4) / static_cast<double>(scene_.sides.size());
  const double start = width_of(range, scene_.font, true) + 26;
  out.text({10, foot_.top() + 2, start, line}, range, static_cast<float>(scene_.font), Token::marker,
           Align::left, true);
  double y = foot_.top() + 2;
  for (std::size_t i = 0; i < scene_.sides.size(); ++i, y += line) {
    double x = start;
    if (scene_.sides.size() > 1) {
      const QString letter{QChar::fromLatin1(static_cast<char>('A' + scene_.sides[i].number))};
      const double r = line * 0.4;
      const QRectF at{x, y + line / 2 - r, 2 * r, 2 * r};
      out.add(Box{.area = at, .fill = side_token(scene_.sides[i].number), .radius = static_cast<float>(r)});
      out.text(at, letter, static_cast<float>(scene_.font * 0.85), Token::ground, Align::centre, true);
      x += 2 * r + 8;
    }
    if (!scene_.sides[i].latency) continue;
    out.text({x, y, foot_.right() - x - 8, line}, latency_text(*scene_.sides[i].latency),
             static_cast<float>(scene_.font));
  }
}

}  // namespace ringside::view
