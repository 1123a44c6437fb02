// What stands in the way of what in a picture: for tests of layouts.
#pragma once

#include <vector>

#include "view/picture.hpp"

namespace ringside::view {

struct Overlap {
  enum class Kind : std::uint8_t {
    words,   // two texts in one place
    hidden,  // a text, and a box that is drawn over it
    outside  // a text, or a part of it, is not in the picture
  };
  Kind kind{};
  QString one{};    // the text
  QString other{};  // the other text
  QRectF area{};
};

std::vector<Overlap> overlaps(const Picture&);

// Where a text stands: as wide as it is, or as it may be.
QRectF taken_by(const Words&);

}  // namespace ringside::view
