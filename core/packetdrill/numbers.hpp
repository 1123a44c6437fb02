// Numbers from text, range-checked.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "ringside/units/time.hpp"

namespace ringside::packetdrill {

// Decimal or 0x..., with or without a minus sign. nullopt: no integer, or none of 64 bits.
std::optional<std::int64_t> parse_integer(std::string_view text);

// Seconds with or without a fraction, exact to the picosecond. nullopt: no number, negative, or beyond
// max_seconds.
inline constexpr std::int64_t max_seconds = 1'000'000;
std::optional<Duration> parse_seconds(std::string_view text);

}  // namespace ringside::packetdrill
