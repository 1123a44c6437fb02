// The least, or the greatest, of the samples of the last while, in the space of three of them: Kathleen
// Nichols' filter, as in Linux lib/win_minmax.c. The second and third are the best of the later parts of the
// window, which take over as the first grows old.
#pragma once

#include <array>
#include <functional>

#include "ringside/units/time.hpp"

namespace ringside::net {

// When: a time, or a count of something. AsGood{}(a, b): a is as good as b, or better.
template <class When, class Value, class AsGood>
class WindowedExtreme {
 public:
  using Span = decltype(When{} - When{});

  // `window`: how long the while is, the same for all samples.
  void sample(When now, Value value, Span window) {
    const Sample fresh{now, value};
    const bool nothing_left = now - best_[2].at > window;
    if (!any_ || AsGood{}(value, best_[0].value) || nothing_left) {
      best_ = {fresh, fresh, fresh};
      any_ = true;
      return;
    }
    if (AsGood{}(value, best_[1].value)) {
      best_[1] = best_[2] = fresh;
    } else if (AsGood{}(value, best_[2].value)) {
      best_[2] = fresh;
    }
    age(now, fresh, window);
  }
  Value best() const { return best_[0].value; }  // of none: Value{}

 private:
  struct Sample {
    When at{};
    Value value{};
  };

  void age(When now, const Sample& fresh, Span window) {
    const Span old = now - best_[0].at;
    if (old > window) {
      best_ = {best_[1], best_[2], fresh};
      if (now - best_[0].at > window) best_ = {best_[1], best_[2], fresh};
    } else if (best_[1].at == best_[0].at && old > window / 4) {
      best_[1] = best_[2] = fresh;  // a quarter has passed without a better one
    } else if (best_[2].at == best_[1].at && old > window / 2) {
      best_[2] = fresh;
    }
  }

  std::array<Sample, 3> best_{};
  bool any_ = false;
};

using WindowedLeast = WindowedExtreme<Time, Duration, std::less_equal<>>;

}  // namespace ringside::net
