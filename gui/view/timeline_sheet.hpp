// What the drawing of one host's part of a timeline shares: where it goes, and how many texts there may be.
#pragma once

#include "view/axis.hpp"
#include "view/closeup.hpp"
#include "view/picture.hpp"
#include "view/timeline.hpp"
#include "view/timeline_rows.hpp"

namespace ringside::view {

struct Sheet {
  Picture& out;
  const Axis& axis;
  const TimelineScene& scene;
  const TimelineSide& side;
  const std::vector<std::uint32_t>& most_waiting;  // by queue, in the whole run
  const std::vector<ShownWindow>& windows;
  int& texts_left;

  const replay::HostCast& host() const { return side.cast->hosts[side.host]; }
  double clamped(Time time) const { return std::clamp(axis.x(time), axis.left, axis.right); }
  // From one time to another, at least so wide that it can be seen.
  QRectF span(Time from, Time to, double top, double height) const {
    const double x = clamped(from);
    return {x, top, std::max(clamped(to) - x, 1.0), height};
  }
  bool in_sight(Time from, Time to) const { return to >= axis.from && from <= axis.to; }
};

// How many packets the upper edge of a queue's row stands for.
double scale_of(const Sheet&, const Row&);
// A × where packets were lost, and a bar for as long as that went on.
void draw_loss(Sheet&, const Row&, double left, double right, double& last_cross, std::uint64_t count, Time);

void draw_names(Sheet&, const std::vector<Row>&, double label, bool letters);
void draw_events(Sheet&, const std::vector<Row>&, const Closeup&);
// The stays of one packet over what its lanes show.
void draw_way(Sheet&, const std::vector<Row>&, const Closeup&);
void draw_columns(Sheet&, const std::vector<Row>&, const replay::Overview&);

}  // namespace ringside::view
