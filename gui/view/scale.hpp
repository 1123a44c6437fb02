// Figures on a stretch of pixels: in equal steps, or by decades where they differ by orders of magnitude.
#pragma once

#include <vector>

namespace ringside::view {

struct Scale {
  double low = 0;  // the figures at either end
  double high = 1;
  bool decades = false;
  double from = 0;  // and where these are
  double to = 1;

  double at(double figure) const;
};

// From zero, or by decades, and so far that the uppermost is a tick.
Scale scale_of(double least, double most);

// One, two or five of a power of ten, the scale's ends included: at most so many.
std::vector<double> ticks(const Scale&, int most);

}  // namespace ringside::view
