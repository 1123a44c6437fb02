// What a queue has lost, as a number beside its name.
#pragma once

#include <cstdint>

#include "view/picture.hpp"

namespace ringside::view {

double loss_width(std::uint64_t frames, double size);
// Its right edge at the right edge of the area.
void draw_loss_count(Picture&, const QRectF& area, std::uint64_t frames, double size);

}  // namespace ringside::view
