// Text is octets on the wire, and octets are text where a protocol says so.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace ringside::tap {

inline std::span<const std::uint8_t> octets_of(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}
inline std::string_view text_of(std::span<const std::uint8_t> octets) {
  return {reinterpret_cast<const char*>(octets.data()), octets.size()};
}

}  // namespace ringside::tap
