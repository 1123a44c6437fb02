// FNV-1a with 64 bits, eight octets at a time: it finds what has changed, and is no protection against
// malice.
#pragma once

#include <cstddef>
#include <cstdint>

namespace ringside::trace {

// `Octet`: of eight bits, whatever its sign.
template <class Octet>
constexpr std::uint64_t hash_of(const Octet* bytes, std::size_t size) {
  constexpr std::uint64_t prime = 0x100000001b3;
  std::uint64_t hash = 0xcbf29ce484222325;
  std::size_t at = 0;
  for (; at + 8 <= size; at += 8) {
    std::uint64_t word = 0;
    for (std::size_t i = 0; i < 8; ++i)
      word |= std::uint64_t{static_cast<std::uint8_t>(bytes[at + i])} << (8 * i);
    hash = (hash ^ word) * prime;
    hash ^= hash >> 29;
  }
  for (; at < size; ++at) hash = (hash ^ static_cast<std::uint8_t>(bytes[at])) * prime;
  return hash;
}

}  // namespace ringside::trace
