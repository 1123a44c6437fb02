// A stretch of time on a stretch of pixels, and the times that are written along it.
#pragma once

#include <algorithm>

#include "ringside/units/time.hpp"
#include "view/picture.hpp"

namespace ringside::view {

struct Axis {
  double left = 0;
  double right = 0;
  Time from{};
  Time to{};

  double width() const { return right - left; }
  double picoseconds_per_pixel() const {
    return static_cast<double>((to - from).count()) / std::max(width(), 1.0);
  }
  double x(Time time) const {
    return left + static_cast<double>((time - from).count()) / picoseconds_per_pixel();
  }
  Time time(double x) const {
    return from + Duration{static_cast<std::int64_t>((x - left) * picoseconds_per_pixel())};
  }
  Duration pixel() const {
    return Duration{std::max<std::int64_t>(1, static_cast<std::int64_t>(picoseconds_per_pixel()))};
  }
  QString text(Time, Duration apart) const;  // with the digits that tell it from another one so far away
  QString text(Time time) const { return text(time, pixel()); }
  bool shows(Time time) const { return time >= from && time <= to; }
};

// From tick to tick, one, two or five of a power of ten: so far apart that what is written there fits.
Duration tick_distance(const Axis&, double font);

// Texts in `area`, marks at its lower edge, and faint lines from there to `below`.
void draw_ticks(Picture&, const Axis&, const QRectF& area, double below, double font);

}  // namespace ringside::view
