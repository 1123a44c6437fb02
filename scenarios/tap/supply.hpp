// Where the octets of a transfer come from.
#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <optional>
#include <span>

#include "ringside/sim/random.hpp"

namespace ringside::tap {

class Supply {
 public:
  virtual ~Supply() = default;
  virtual std::size_t read(std::span<std::uint8_t> out) = 0;  // 0: the end
};

// The first so many octets of a stream that the seed determines, and that no compression shortens.
class GeneratedOctets : public Supply {
 public:
  GeneratedOctets(std::uint64_t seed, std::uint64_t octets) : random_{seed, "octets"}, left_{octets} {}
  std::size_t read(std::span<std::uint8_t> out) override;

 private:
  sim::Random random_;
  std::uint64_t left_;
  std::uint64_t drawn_ = 0;  // eight octets, of which the last `undrawn_` are still to be given
  int undrawn_ = 0;
};

// The first so many octets of a file.
class FileOctets : public Supply {
 public:
  FileOctets(const std::filesystem::path& file, std::uint64_t octets);
  std::size_t read(std::span<std::uint8_t> out) override;

 private:
  std::ifstream file_;
  std::uint64_t left_;
};

// The size of a regular file that can be read; nullopt: there is none.
std::optional<std::uint64_t> readable_size(const std::filesystem::path& file);

}  // namespace ringside::tap
