// How many ICMP errors may leave: RFC 1812 section 4.3.2.8, RFC 4443 section 2.4(f). One limit for both
// versions, as Linux icmp_global_allow().
#pragma once

#include <algorithm>

#include "ringside/net/config.hpp"

namespace ringside::net {

// The generic cell rate algorithm: a bucket of `burst` tokens, one more each `interval`.
class ErrorRate {
 public:
  explicit ErrorRate(const StackConfig& config)
      : interval_{config.icmp_error_interval}, burst_{config.icmp_error_burst} {}

  bool allows(Time now) {
    const Time mark = std::max(mark_, now);
    if (mark - now > interval_ * (burst_ - 1)) return false;
    mark_ = mark + interval_;
    return true;
  }

 private:
  Duration interval_;
  int burst_;
  Time mark_{};  // when the next error would be due at the mean rate
};

}  // namespace ringside::net
