// The input of a fuzz target, read as a list of actions: what is not there any more is zero, so that every
// prefix of an input is one, too.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>

#include "ringside/units/time.hpp"

namespace ringside::fuzz {

class Actions {
 public:
  explicit Actions(std::span<const std::uint8_t> input) : rest_{input} {}

  bool any() const { return !rest_.empty(); }

  std::uint8_t octet() {
    if (rest_.empty()) return 0;
    const std::uint8_t first = rest_.front();
    rest_ = rest_.subspan(1);
    return first;
  }
  std::uint16_t two() {
    const unsigned high = octet();
    return static_cast<std::uint16_t>(high << 8 | octet());
  }
  std::uint32_t four() {
    const std::uint32_t high = two();
    return high << 16 | two();
  }
  std::size_t below(std::size_t bound) { return octet() % bound; }
  bool yes() { return (octet() & 1) != 0; }
  std::span<const std::uint8_t> octets(std::size_t most) {
    const auto taken = rest_.first(std::min(most, rest_.size()));
    rest_ = rest_.subspan(taken.size());
    return taken;
  }

  // A difference of sequence numbers: mostly none or small, sometimes any.
  std::uint32_t offset() {
    switch (octet() % 8) {
      case 0: return static_cast<std::uint32_t>(static_cast<std::int8_t>(octet()));
      case 1: return static_cast<std::uint32_t>(static_cast<std::int16_t>(two()));
      case 2: return four();
      case 3: return octet() * 256u;
      default: return 0;
    }
  }

  // From a microsecond to some hours, each scale as likely as the others.
  Duration time() {
    using namespace std::chrono_literals;
    constexpr Duration unit[]{1us, 100us, 1ms, 10ms, 100ms, 1s, 10s, 100s};
    return (octet() + 1) * unit[below(std::size(unit))];
  }

 private:
  std::span<const std::uint8_t> rest_;
};

}  // namespace ringside::fuzz
