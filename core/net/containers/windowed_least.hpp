// The least of the samples of the last while, in the space of three of them: Kathleen Nichols' filter, as in
// Linux lib/win_minmax.c. The second and third are the best of the later parts of the window, which take
// over as the first grows old.
#pragma once

#include <array>

#include "ringside/units/time.hpp"

namespace ringside::net {

class WindowedLeast {
 public:
  explicit WindowedLeast(Duration window) : window_{window} {}

  void sample(Time now, Duration value) {
    const Sample fresh{now, value};
    const bool nothing_left = now - best_[2].at > window_;
    if (!any_ || value <= best_[0].value || nothing_left) {
      best_ = {fresh, fresh, fresh};
      any_ = true;
      return;
    }
    if (value <= best_[1].value) {
      best_[1] = best_[2] = fresh;
    } else if (value <= best_[2].value) {
      best_[2] = fresh;
    }
    age(now, fresh);
  }
  Duration least() const { return best_[0].value; }

 private:
  struct Sample {
    Time at{};
    Duration value{};
  };

  void age(Time now, const Sample& fresh) {
    const Duration old = now - best_[0].at;
    if (old > window_) {
      best_ = {best_[1], best_[2], fresh};
      if (now - best_[0].at > window_) best_ = {best_[1], best_[2], fresh};
    } else if (best_[1].at == best_[0].at && old > window_ / 4) {
      best_[1] = best_[2] = fresh;  // a quarter has passed without a better one
    } else if (best_[2].at == best_[1].at && old > window_ / 2) {
      best_[2] = fresh;
    }
  }

  Duration window_;
  std::array<Sample, 3> best_{};
  bool any_ = false;
};

}  // namespace ringside::net
