// The generator is xoshiro256** 1.0 (Blackman and Vigna, "Scrambled linear pseudorandom number generators",
// ACM TOMS 2021), seeded as its authors advise, with splitmix64.
#include "ringside/sim/random.hpp"

#include <bit>
#include <cassert>

#include "ringside/units/quantity.hpp"

namespace ringside::sim {
namespace {

// 128-bit products of 64-bit draws; both compilers have the type.
__extension__ using WideUnsigned = unsigned __int128;

// Steele, Lea and Flood, "Fast splittable pseudorandom number generators" (OOPSLA 2014), as splitmix64.
std::uint64_t splitmix64(std::uint64_t& state) {
  state += 0x9e3779b97f4a7c15;
  std::uint64_t z = state;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
  z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
  return z ^ (z >> 31);
}

// FNV-1a, 64 bits (draft-eastlake-fnv): std::hash differs between libraries.
std::uint64_t fnv1a(std::string_view text) {
  std::uint64_t hash = 0xcbf29ce484222325;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  return hash;
}

}  // namespace

Random::Random(std::uint64_t seed, std::string_view stream) : state_{} {
  std::uint64_t mixed = splitmix64(seed) ^ fnv1a(stream);
  for (std::uint64_t& word : state_) word = splitmix64(mixed);
}

std::uint64_t Random::next() {
  auto& s = state_;
  const std::uint64_t result = std::rotl(s[1] * 5, 7) * 9;
  const std::uint64_t shifted = s[1] << 17;
  s[2] ^= s[0];
  s[3] ^= s[1];
  s[1] ^= s[2];
  s[0] ^= s[3];
  s[2] ^= shifted;
  s[3] = std::rotl(s[3], 45);
  return result;
}

// Lemire, "Fast random integer generation in an interval" (ACM TOMACS 2019): the high half of draw * bound,
// with the 2^64 mod bound draws rejected that would favour some results.
std::uint64_t Random::below(std::uint64_t bound) {
  assert(bound > 0);
  WideUnsigned product = static_cast<WideUnsigned>(next()) * bound;
  if (static_cast<std::uint64_t>(product) < bound) {
    const std::uint64_t surplus = (0 - bound) % bound;
    while (static_cast<std::uint64_t>(product) < surplus) product = static_cast<WideUnsigned>(next()) * bound;
  }
  return static_cast<std::uint64_t>(product >> 64);
}

double Random::uniform() { return static_cast<double>(next() >> 11) * 0x1p-53; }

bool Random::bernoulli(double p) { return uniform() < p; }

// By inversion. 1 - uniform() is in (0, 1], so the logarithm is finite and the longest draw 37 means.
Duration Random::exponential(Duration mean) {
  const double means = -natural_logarithm(1.0 - uniform());
  return Duration{static_cast<std::int64_t>(means * static_cast<double>(mean.count()))};
}

// x = m * 2^k with m in [1/sqrt 2, sqrt 2); ln x = k ln 2 + ln m, and ln m = 2 artanh s, s = (m - 1) / (m +
// 1), |s| < 0.172, by its series s + s^3/3 + s^5/5 + ... The first term left out, s^23/23, is below 2^-58 of
// the sum.
double natural_logarithm(double x) {
  constexpr std::uint64_t mantissa = (std::uint64_t{1} << 52) - 1;
  constexpr std::uint64_t root_half = 0x3fe6a09e667f3bcd;  // the bits of 1/sqrt 2
  const auto bits = std::bit_cast<std::uint64_t>(x);
  const std::uint64_t above_root = bits - root_half;  // its exponent field is k, whichever half m fell into
  const auto k = static_cast<double>(static_cast<std::int64_t>(above_root) >> 52);
  const auto m = std::bit_cast<double>(root_half + (above_root & mantissa));

  const double s = (m - 1.0) / (m + 1.0);
  const double z = s * s;
  const double z2 = z * z;
  const double z4 = z2 * z2;
  // Pairs instead of one chain (Estrin): half the latency, and the order of operations is still fixed.
  const double low = (1.0 / 3 + z * (1.0 / 5)) + z2 * (1.0 / 7 + z * (1.0 / 9));
  const double high = (1.0 / 11 + z * (1.0 / 13)) + z2 * (1.0 / 15 + z * (1.0 / 17));
  const double rest = (1.0 / 19 + z * (1.0 / 21));
  const double tail = z * (low + z4 * (high + z4 * rest));
  constexpr double ln2_high = 0x1.62e42fee00000p-1;  // 33 bits: exact when multiplied by k
  constexpr double ln2_low = 0x1.a39ef35793c76p-33;
  return k * ln2_high + (2.0 * s + (2.0 * s * tail + k * ln2_low));
}

}  // namespace ringside::sim
