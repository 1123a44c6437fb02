// RFC 1071: the Internet checksum, computed and verified over the real bytes; RFC 1624: updated in place.
#pragma once

#include <cstdint>
#include <span>

namespace ringside::net {

// The ones' complement sum of the bytes as big-endian 16-bit words, not complemented. An odd last byte is
// padded with zero. Sums of pieces of even length may be added by passing one as `initial` to the next.
std::uint16_t ones_complement_sum(std::span<const std::uint8_t> bytes, std::uint32_t initial = 0);

// What goes into a header whose checksum field counts as zero. Over bytes that contain a right checksum it is
// 0.
inline std::uint16_t internet_checksum(std::span<const std::uint8_t> bytes, std::uint32_t initial = 0) {
  return static_cast<std::uint16_t>(~ones_complement_sum(bytes, initial));
}

// RFC 1624 equation 3: the checksum after one 16-bit word of the data changed from `before` to `after`.
constexpr std::uint16_t updated_checksum(std::uint16_t checksum, std::uint16_t before, std::uint16_t after) {
  std::uint32_t sum = (~checksum & 0xffffu) + (~before & 0xffffu) + after;
  sum = (sum & 0xffff) + (sum >> 16);
  sum = (sum & 0xffff) + (sum >> 16);
  return static_cast<std::uint16_t>(~sum);
}

}  // namespace ringside::net
