// RFC 9293 section 3.4: sequence numbers, arithmetic modulo 2^32.
#pragma once

#include <cstdint>

namespace ringside::net {

class SeqNum {
 public:
  constexpr SeqNum() = default;
  constexpr explicit SeqNum(std::uint32_t raw) : raw_{raw} {}

  // There is no operator<: the order is only meaningful within 2^31 and is not transitive.
  constexpr bool operator==(const SeqNum&) const = default;
  constexpr SeqNum operator+(std::uint32_t n) const { return SeqNum{raw_ + n}; }
  constexpr SeqNum operator-(std::uint32_t n) const { return SeqNum{raw_ - n}; }
  constexpr std::int32_t distance_to(SeqNum later) const {
    return static_cast<std::int32_t>(later.raw_ - raw_);
  }
  constexpr bool before(SeqNum other) const { return distance_to(other) > 0; }
  constexpr bool after(SeqNum other) const { return distance_to(other) < 0; }
  constexpr bool at_or_before(SeqNum other) const { return distance_to(other) >= 0; }
  constexpr bool at_or_after(SeqNum other) const { return distance_to(other) <= 0; }
  constexpr std::uint32_t raw() const { return raw_; }

 private:
  std::uint32_t raw_ = 0;
};

// The number of octets from `first` to `last`, which must not be before it.
constexpr std::uint32_t octets_between(SeqNum first, SeqNum last) { return last.raw() - first.raw(); }
constexpr SeqNum later_of(SeqNum a, SeqNum b) { return a.before(b) ? b : a; }
constexpr SeqNum earlier_of(SeqNum a, SeqNum b) { return a.before(b) ? a : b; }

}  // namespace ringside::net
