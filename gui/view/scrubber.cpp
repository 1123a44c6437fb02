#include "view/scrubber.hpp"

#include <algorithm>
#include <cmath>
#include <functional>

#include <QCoreApplication>

#include "ringside/path/lanes.hpp"
#include "view/figures.hpp"

namespace ringside::view {

namespace {

constexpr double least_strip = 4;   // of a lane
constexpr double least_total = 14;  // of all events
constexpr int shades = 6;
constexpr double column_width = 2;

class ScrubberPainter {
 public:
  ScrubberPainter(const ScrubberScene& scene, QSizeF size)
      : scene_{scene}, size_{size}, axis_{8, size.width() - 8, scene.from, scene.to} {
    const bool times = size.height() >= 44;
    ticks_ = {axis_.left, size.height() - (times ? scene.font * 1.5 : 0), axis_.width(),
              times ? scene.font * 1.5 : 0};
    run_ = {axis_.left, 10, axis_.width(), ticks_.top() - 12};
  }

  ScrubberPicture draw() {
    out_.size = size_;
    if (!scene_.overview || scene_.to <= scene_.from) {
      if (scene_.to <= scene_.from) axis_ = {};
      out_.text({8, 0, size_.width() - 16, size_.height()}, scene_.reason, static_cast<float>(scene_.font),
                Token::pale_ink, Align::centre);
      if (scene_.to <= scene_.from) return {std::move(out_), axis_};
    }
    out_.add(Box{.area = run_, .fill = Token::panel});
    if (scene_.overview) density();
    if (ticks_.height() > 0) times();
    seen();
    for (const Time time : scene_.bookmarks) bookmark(time);
    for (std::size_t i = 0; i < scene_.markers.size(); ++i) marker(i);
    cursor();
    return {std::move(out_), axis_};
  }

 private:
  void density() {
    const replay::Overview& overview = *scene_.overview;
    const auto columns =
        overview.columns(scene_.from, scene_.to, static_cast<std::size_t>(axis_.width() / column_width));
    if (columns.count() == 0) return;
    for (const std::uint32_t edge : columns.edges)
      x_.push_back(std::clamp(axis_.x(overview.time_of(edge)), axis_.left, axis_.right));
    // With room for it, the lanes below the total: where in the host it was.
    const double strip = std::floor((run_.height() - least_total * 1.5) / path::lane_count);
    const bool lanes = strip >= least_strip;
    const double below = lanes ? strip * path::lane_count + 2 : 0;
    total(rates(columns, overview.events(columns)),
          {run_.left(), run_.top(), run_.width(), run_.height() - below});
    if (lanes)
      for (int lane = 0; lane < path::lane_count; ++lane) {
        const auto which = static_cast<path::Lane>(lane);
        shade(rates(columns, overview.came(columns, scene_.host, which)), token(which),
              run_.bottom() - below + 2 + lane * strip, strip - 1);
      }
    losses(columns, all_drops(overview, columns));
  }

  // Of the largest: 0..1.
  static std::vector<double> rates(const replay::Overview::Columns& columns,
                                   const replay::Overview::Sums& sums) {
    std::vector<double> rates;
    double peak = 0;
    for (std::size_t i = 0; i < sums.size(); ++i) {
      rates.push_back(static_cast<double>(sums[i]) /
                      static_cast<double>(columns.edges[i + 1] - columns.edges[i]));
      peak = std::max(peak, rates.back());
    }
    if (peak > 0)
      for (double& rate : rates) rate /= peak;
    return rates;
  }

  void total(const std::vector<double>& rates, const QRectF& area) {
    Line shape{.points = {{x_.front(), area.bottom()}},
               .colour = Token::none,
               .tone = 0.6F,
               .closed = true,
               .fill = Token::pale_ink};
    for (std::size_t i = 0; i < rates.size(); ++i) {
      const double y =
          area.bottom() - std::max(rates[i] > 0 ? 1.0 : 0.0, std::round(rates[i] * area.height()));
      if (shape.points.back().y() == y) continue;
      shape.points.emplace_back(x_[i], shape.points.back().y());
      shape.points.emplace_back(x_[i], y);
    }
    shape.points.emplace_back(x_.back(), shape.points.back().y());
    shape.points.emplace_back(x_.back(), area.bottom());
    out_.add(std::move(shape));
  }

  // Stronger where there was more; columns of the same shade as one box.
  void shade(const std::vector<double>& rates, Token hue, double top, double height) {
    const auto shade_of = [&rates](std::size_t i) {
      return rates[i] <= 0 ? 0 : 1 + static_cast<int>(std::lround(rates[i] * (shades - 1)));
    };
    for (std::size_t i = 0; i < rates.size();) {
      const std::size_t first = i;
      const int shade = shade_of(first);
      while (i < rates.size() && shade_of(i) == shade) ++i;
      if (shade > 0)
        out_.add(Box{.area = {x_[first], top, x_[i] - x_[first], height},
                     .fill = hue,
                     .tone = 0.25F + 0.75F * static_cast<float>(shade) / shades});
    }
  }

  // Of all hosts: what is lost on the line is told of the one that sent it.
  static replay::Overview::Sums all_drops(const replay::Overview& overview,
                                          const replay::Overview::Columns& columns) {
    replay::Overview::Sums all = overview.drops(columns, 0);
    for (std::size_t host = 1; host < overview.hosts(); ++host) {
      const replay::Overview::Sums its = overview.drops(columns, host);
      std::ranges::transform(all, its, all.begin(), std::plus{});
    }
    return all;
  }

  void losses(const replay::Overview::Columns& columns, const replay::Overview::Sums& drops) {
    constexpr double size = 9;
    double last = -1e9;
    for (std::size_t i = 0; i < drops.size();) {
      const std::size_t first = i;
      while (i < drops.size() && drops[i] > 0) ++i;
      if (i == first) {
        ++i;
        continue;
      }
      out_.add(
          Box{.area = {x_[first], run_.top() - 2, std::max(1.5, x_[i] - x_[first]), 2}, .fill = Token::loss});
      if (x_[first] < last + size + 5) continue;
      last = x_[first];
      out_.add(Glyph{{x_[first] - size / 2, 1, size, size}, Sign::cross, Token::loss});
      const Time at = scene_.overview->time_of(columns.edges[first]);
      out_.targets.push_back({{x_[first] - size / 2, 0, size, size + 2},
                              "time " + std::to_string(at.time_since_epoch().count()),
                              QCoreApplication::translate("Scrubber", "Packets are lost from here on")});
    }
  }

  void times() {
    draw_ticks(out_, axis_, {axis_.left, ticks_.top(), axis_.width(), ticks_.height()}, 0, scene_.font * 0.8);
  }

  // What is not seen in the timeline is dimmed.
  void seen() {
    const double left = std::clamp(axis_.x(scene_.seen_from), axis_.left, axis_.right);
    const double right = std::clamp(axis_.x(scene_.seen_to), axis_.left, axis_.right);
    const bool all = left <= axis_.left + 0.5 && right >= axis_.right - 0.5;
    if (all || scene_.seen_to <= scene_.seen_from) return;
    const double top = run_.top() - 1;
    const double height = run_.height() + 2;
    out_.add(Box{.area = {axis_.left, top, left - axis_.left, height}, .fill = Token::ground, .tone = 0.5F});
    out_.add(Box{.area = {right, top, axis_.right - right, height}, .fill = Token::ground, .tone = 0.5F});
    const double width = std::max(right - left, 3.0);
    out_.add(Box{.area = {(left + right - width) / 2, top, width, height},
                 .line = Token::ink,
                 .width = 1.5F,
                 .radius = 2});
  }

  void bookmark(Time time) {
    if (!axis_.shows(time)) return;
    const QRectF at{axis_.x(time) - 5, run_.bottom() - 9, 10, 10};
    out_.add(Glyph{at, Sign::bookmark, Token::marker});
    out_.targets.push_back({at, "time " + std::to_string(time.time_since_epoch().count()),
                            QCoreApplication::translate("Scrubber", "Bookmark: %1").arg(axis_.text(time))});
  }

  void marker(std::size_t which) {
    if (!scene_.markers[which] || !axis_.shows(*scene_.markers[which])) return;
    const double x = std::round(axis_.x(*scene_.markers[which]));
    out_.add(
        Line{.points = {{x, run_.top() - 4}, {x, run_.bottom() + 2}}, .colour = Token::marker, .width = 2});
  }

  void cursor() {
    if (!axis_.shows(scene_.now)) return;
    const double x = std::round(axis_.x(scene_.now));
    out_.add(Line{.points = {{x, 0}, {x, run_.bottom() + 3}}, .colour = Token::focus, .width = 2});
    out_.add(Line{.points = {{x - 5, 0}, {x + 5, 0}, {x, 7}},
                  .colour = Token::none,
                  .closed = true,
                  .fill = Token::focus});
  }

  const ScrubberScene& scene_;
  QSizeF size_;
  Axis axis_;
  QRectF ticks_{};
  QRectF run_{};
  std::vector<double> x_{};
  Picture out_{};
};

}  // namespace

ScrubberPicture scrubber(const ScrubberScene& scene, QSizeF size) {
  return ScrubberPainter{scene, size}.draw();
}

}  // namespace ringside::view
