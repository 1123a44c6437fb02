// How a part of a packet's time looks, wherever it is drawn: its lane's colour, and a second mark.
#pragma once

#include "ringside/replay/difference.hpp"
#include "view/picture.hpp"

namespace ringside::view {

struct PartLook {
  Token hue{};
  char letter = ' ';  // of its lane; ' ': it has none
  Hatch hatch = Hatch::none;
  bool hollow = false;  // nothing is done
};
PartLook look_of(replay::Part);

// A piece of a bar; `name`: written into it where there is room, instead of the letter.
void draw_part(Picture&, const QRectF&, replay::Part, const QString& name, double font);

}  // namespace ringside::view
