#include "supply.hpp"

#include <algorithm>
#include <system_error>

namespace ringside::tap {

std::size_t GeneratedOctets::read(std::span<std::uint8_t> out) {
  const std::size_t octets = std::min<std::uint64_t>(out.size(), left_);
  for (std::uint8_t& octet : out.first(octets)) {
    if (undrawn_ == 0) drawn_ = random_.next(), undrawn_ = 8;
    octet = static_cast<std::uint8_t>(drawn_);
    drawn_ >>= 8;
    --undrawn_;
  }
  left_ -= octets;
  return octets;
}

FileOctets::FileOctets(const std::filesystem::path& file, std::uint64_t octets)
    : file_{file, std::ios::binary}, left_{octets} {}

std::size_t FileOctets::read(std::span<std::uint8_t> out) {
  const auto wanted = static_cast<std::streamsize>(std::min<std::uint64_t>(out.size(), left_));
  file_.read(reinterpret_cast<char*>(out.data()), wanted);
  const auto octets = static_cast<std::size_t>(file_.gcount());
  left_ -= octets;
  return octets;
}

std::optional<std::uint64_t> readable_size(const std::filesystem::path& file) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(file, error)) return std::nullopt;
  const auto size = std::filesystem::file_size(file, error);
  if (error || !std::ifstream{file}.is_open()) return std::nullopt;
  return size;
}

}  // namespace ringside::tap
