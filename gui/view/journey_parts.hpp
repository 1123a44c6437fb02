// What the time of a journey went into: bars, a gap where one is too long, and their legend.
#pragma once

#include "view/journey.hpp"

namespace ringside::view {

struct BarLook {
  bool hollow = false;  // nothing is done to it
  bool copies = false;  // hatched
  Token hue = Token::pale_ink;
  bool pale = false;  // later than the moment
};
void draw_bar(Picture&, const QRectF&, const BarLook&);
// It is longer than there is room for: neither waiting nor a long line is to make the work too small to see.
void draw_gap(Picture&, const QRectF& bar, double font);

// One bar, and what is what. Returns how high it is.
double draw_parts(Picture&, const JourneyScene&, QPointF at, double width, double font);

}  // namespace ringside::view
