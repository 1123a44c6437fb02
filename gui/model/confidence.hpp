// How well the mean of a few runs is known.
#pragma once

#include <span>

namespace ringside::model {

struct Confidence {
  double mean = 0;
  double low = 0, high = 0;  // where the mean lies with a confidence of 95 %
};

// Of runs that differ by nothing but their seed (Student's t). Of a single one nothing is known: it is low
// and high.
Confidence confidence_of(std::span<const double> values);

}  // namespace ringside::model
