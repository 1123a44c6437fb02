// The whole numbers that BBR counts in: Linux net/ipv4/tcp_bbr.c.
#pragma once

#include <cstdint>

#include "ringside/units/time.hpp"

namespace ringside::net {

using Bandwidth = std::uint32_t;  // segments in a microsecond, times 2^24 (BW_UNIT)
inline constexpr unsigned bandwidth_bits = 24;

using Gain = std::uint32_t;  // times 256 (BBR_UNIT)
inline constexpr unsigned gain_bits = 8;
inline constexpr Gain no_gain = 1 << gain_bits;

constexpr std::uint64_t bandwidth_of(std::uint64_t segments, std::uint64_t microseconds) {
  return (segments << bandwidth_bits) / microseconds;
}
constexpr std::uint64_t segments_in(Bandwidth bandwidth, std::uint64_t microseconds) {
  return bandwidth * microseconds >> bandwidth_bits;
}
// Octets in a second, but for the hundredth by which a pace stays below the bandwidth, so that queues drain:
// bbr_rate_bytes_per_sec().
constexpr std::uint64_t pace_of(std::uint64_t bandwidth, std::uint32_t mss, Gain gain) {
  return ((bandwidth * mss * gain >> gain_bits) * (std::uint64_t{1'000'000} / 100 * 99)) >> bandwidth_bits;
}

constexpr std::uint64_t microseconds(Duration time) {
  return time > Duration{} ? static_cast<std::uint64_t>(time / Duration{std::chrono::microseconds{1}}) : 0;
}

}  // namespace ringside::net
