// Numbers with units as people write them, into the exact integers of core/units.
//
// Decimal fractions are taken exactly: "1.5us" is 1 500 000 ps, and "0.1ps" is refused rather than rounded. A
// space may stand before the unit. nullopt: no such number, an unknown or missing unit, negative, or out of
// range.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "ringside/units/quantity.hpp"

namespace ringside::scenarios {

// No time in a text or an option is longer: sums of three of them stay within the 106 days that a Time holds.
inline constexpr Duration longest_duration = std::chrono::hours{24 * 30};

std::optional<Duration> parse_duration(std::string_view);    // ps ns us ms s; 0 needs no unit
std::optional<BitRate> parse_bit_rate(std::string_view);     // bps kbps Mbps Gbps
std::optional<Bytes> parse_bytes(std::string_view);          // B KiB MiB GiB
std::optional<Frequency> parse_frequency(std::string_view);  // Hz kHz MHz GHz
std::optional<std::int64_t> parse_count(std::string_view);   // no unit, k (thousand) or M (million)
std::optional<double> parse_number(std::string_view);        // a plain non-negative number, for prices
std::optional<double> parse_probability(std::string_view);   // 0 to 1

// A number that may carry any of these units, in the unit of the result files: times in nanoseconds, rates in
// bit/s, sizes in bytes, frequencies in Hz. For parameters in expectations and on the axis of a sweep.
std::optional<double> parse_any(std::string_view);

// An exact decimal with its unit: digits / 10^places, "10.5us" is {105, 1, "us"}.
struct Decimal {
  std::int64_t digits = 0;
  int places = 0;
  std::string_view unit{};
};
std::optional<Decimal> parse_decimal(std::string_view);

}  // namespace ringside::scenarios
