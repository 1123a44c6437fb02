// Signs, drawn with few strokes: no font has all of them.
#include "describe/svg_glyphs.hpp"

#include <fmt/format.h>

namespace ringside::path {

void draw_bolt(Canvas& canvas, Point at, std::string_view colour) {
  canvas.path(fmt::format("M{},{} l-4,6 h3 l-1.5,5 l5,-7 h-3 l2,-4 z", at.x + 5, at.y), {.fill = colour});
}

void draw_slots(Canvas& canvas, Point at, int count) {
  for (int slot = 0; slot < count; ++slot)
    canvas.rect({at.x + 8 * slot, at.y, 6, 9}, 0,
                {.fill = 2 * slot < count ? ground : "#B9C4D0", .stroke = pale_ink, .width = 0.9});
}

void draw_drop(Canvas& canvas, Point at) {
  canvas.path(fmt::format("M{},{} l6,6 m0,-6 l-6,6", at.x, at.y), {.stroke = "#C22A1E", .width = 2});
}

void draw_toll(Canvas& canvas, Point middle) {
  canvas.circle(middle, 5, {.fill = ground, .stroke = style(Lane::boundary).light, .width = 1.8});
}

void draw_lane_mark(Canvas& canvas, const Rect& box, Lane lane) {
  const std::string_view colour = style(lane).light;
  const Rect bar{box.x + 4, box.y + 4, 9, box.h - 8};
  const int middle = box.y + box.h / 2;
  switch (lane) {
    case Lane::user: canvas.rect({bar.x, bar.y + 2, bar.w, bar.h - 4}, 4.5, {.fill = colour}); break;
    case Lane::protocol: canvas.rect(bar, 1, {.fill = colour}); break;
    case Lane::softirq:
      for (int off = 0; off < bar.h / 2; off += 7) {
        canvas.circle({bar.x + 5, middle - off}, 2.2, {.fill = colour});
        if (off > 0) canvas.circle({bar.x + 5, middle + off}, 2.2, {.fill = colour});
      }
      break;
    case Lane::hardirq: canvas.rect(bar, 1, {.fill = hardirq_hatch}); break;
    case Lane::nic:
      canvas.circle({bar.x + 5, middle}, 5, {.stroke = colour, .width = 2.6, .dash = "3 1.4"});
      break;
    case Lane::wire:
      canvas.path(fmt::format("M{},{} h10", bar.x, middle), {.stroke = colour, .width = 2});
      break;
    case Lane::boundary: break;  // no stage lies there
  }
}

}  // namespace ringside::path
