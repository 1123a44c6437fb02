#include "numbers.hpp"

#include <charconv>

namespace ringside::packetdrill {
namespace {

template <class Number>
std::optional<Number> whole(std::string_view text, int base) {
  Number value{};
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value, base);
  return error == std::errc{} && stop == end ? std::optional{value} : std::nullopt;
}

}  // namespace

std::optional<std::int64_t> parse_integer(std::string_view text) {
  if (!text.starts_with("0x") && !text.starts_with("0X")) return whole<std::int64_t>(text, 10);
  if (text.substr(2).starts_with('-')) return std::nullopt;
  return whole<std::int64_t>(text.substr(2), 16);
}

std::optional<Duration> parse_seconds(std::string_view text) {
  const std::size_t point = text.find('.');
  const std::string_view before = text.substr(0, point);
  const std::string_view after = point == text.npos ? std::string_view{} : text.substr(point + 1);
  if (before.empty() && after.empty()) return std::nullopt;
  std::int64_t seconds = 0;
  if (!before.empty()) {
    const auto value = whole<std::int64_t>(before, 10);
    if (!value || *value > max_seconds || before.starts_with('-')) return std::nullopt;
    seconds = *value;
  }
  std::int64_t fraction = 0;
  for (std::size_t i = 0; i < 12; ++i) {  // more digits than picoseconds have mean nothing
    const char c = i < after.size() ? after[i] : '0';
    if (c < '0' || c > '9') return std::nullopt;
    fraction = fraction * 10 + (c - '0');
  }
  return std::chrono::seconds{seconds} + Duration{fraction};
}

}  // namespace ringside::packetdrill
