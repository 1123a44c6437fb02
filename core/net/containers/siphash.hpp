// SipHash-2-4 (Aumasson and Bernstein 2012): the keyed hash behind initial sequence numbers and port choices.
#pragma once

#include <bit>
#include <cstdint>
#include <initializer_list>

namespace ringside::net {

struct SipKey {
  std::uint64_t k0 = 0, k1 = 0;
};

// The message is the words in little-endian order.
constexpr std::uint64_t siphash(SipKey key, std::initializer_list<std::uint64_t> words) {
  std::uint64_t v0 = key.k0 ^ 0x736f6d6570736575, v1 = key.k1 ^ 0x646f72616e646f6d;
  std::uint64_t v2 = key.k0 ^ 0x6c7967656e657261, v3 = key.k1 ^ 0x7465646279746573;
  const auto rounds = [&](int count) {
    while (count-- > 0) {
      v0 += v1, v1 = std::rotl(v1, 13) ^ v0, v0 = std::rotl(v0, 32);
      v2 += v3, v3 = std::rotl(v3, 16) ^ v2;
      v0 += v3, v3 = std::rotl(v3, 21) ^ v0;
      v2 += v1, v1 = std::rotl(v1, 17) ^ v2, v2 = std::rotl(v2, 32);
    }
  };
  const auto compress = [&](std::uint64_t word) { v3 ^= word, rounds(2), v0 ^= word; };
  for (const std::uint64_t word : words) compress(word);
  compress(static_cast<std::uint64_t>(words.size() * 8) << 56);
  v2 ^= 0xff;
  rounds(4);
  return v0 ^ v1 ^ v2 ^ v3;
}

}  // namespace ringside::net
