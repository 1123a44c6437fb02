// RFC 1071: the sum is the same whatever the byte order and the width of the additions, so that eight octets
// go at a time.
#include "ringside/net/checksum.hpp"

#include <array>
#include <bit>
#include <cstring>

namespace ringside::net {
namespace {

// Adds 64 bits as two 32-bit words: the upper half of a 64-bit accumulator takes 2^32 carries.
std::uint64_t halves(const std::uint8_t* at) {
  std::uint64_t word;
  std::memcpy(&word, at, sizeof word);
  return (word & 0xffffffff) + (word >> 32);
}

constexpr std::uint64_t folded(std::uint64_t sum) {
  sum = (sum & 0xffffffff) + (sum >> 32);
  sum = (sum & 0xffffffff) + (sum >> 32);
  sum = (sum & 0xffff) + (sum >> 16);
  return (sum & 0xffff) + (sum >> 16);
}

// In the machine's byte order. Four accumulators, so that no addition waits for the one before it.
std::uint64_t native_sum(std::span<const std::uint8_t> bytes) {
  const std::uint8_t* at = bytes.data();
  std::size_t left = bytes.size();
  std::array<std::uint64_t, 4> sum{};
  for (; left >= 32; at += 32, left -= 32) {
    for (std::size_t lane = 0; lane < 4; ++lane) sum[lane] += halves(at + 8 * lane);
  }
  for (; left >= 8; at += 8, left -= 8) sum[0] += halves(at);
  std::array<std::uint8_t, 8> tail{};
  if (left > 0) std::memcpy(tail.data(), at, left);
  return sum[0] + sum[1] + sum[2] + sum[3] + halves(tail.data());
}

}  // namespace

std::uint16_t ones_complement_sum(std::span<const std::uint8_t> bytes, std::uint32_t initial) {
  std::uint64_t sum = folded(native_sum(bytes));
  if constexpr (std::endian::native == std::endian::little) sum = (sum << 8 | sum >> 8) & 0xffff;
  return static_cast<std::uint16_t>(folded(sum + initial));
}

}  // namespace ringside::net
