// A picture as JSON: what is in it and where, without a pixel of it.
#pragma once

#include <string>

#include "view/picture.hpp"

namespace ringside::view {

// One shape or target on a line, so that two pictures can be compared line by line. Lengths are rounded to a
// tenth of a pixel; what a shape has as most do is left out, and so are the sentences of the tips.
std::string describe(const Picture&);

}  // namespace ringside::view
