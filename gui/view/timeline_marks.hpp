// What lies over all rows of a timeline: the cursor, the markers with what is between them; and where the
// rows have to leave room for that.
#pragma once

#include "view/axis.hpp"
#include "view/picture.hpp"
#include "view/timeline.hpp"

namespace ringside::view {

class TimelineMarks {
 public:
  TimelineMarks(const TimelineScene&, const Axis&, QSizeF size);

  const QRectF& ticks() const { return ticks_; }
  const QRectF& rows() const { return rows_; }
  void draw(Picture&) const;

 private:
  void between(Picture&) const;
  void marker(Picture&, std::size_t which) const;
  void cursor(Picture&) const;
  void numbers(Picture&) const;

  const TimelineScene& scene_;
  const Axis& axis_;
  QRectF flags_{};
  QRectF ticks_{};
  QRectF rows_{};
  QRectF foot_{};
};

}  // namespace ringside::view
