// The little signs of a drawing, the same in the picture and in its legend.
#pragma once

#include "describe/svg_canvas.hpp"

namespace ringside::path {

void draw_bolt(Canvas&, Point upper_left, std::string_view colour);  // a notification
void draw_slots(Canvas&, Point upper_left, int count);               // a queue, half full
void draw_drop(Canvas&, Point upper_left);                           // packets are lost here
void draw_toll(Canvas&, Point middle);                               // a system call crosses the boundary

// So that nobody needs to see the colour: each lane has a mark of its own at the left of its boxes.
void draw_lane_mark(Canvas&, const Rect& box, Lane);

void draw_legend(Canvas&, Point left, Language);

}  // namespace ringside::path
