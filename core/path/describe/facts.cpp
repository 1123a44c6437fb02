// Facts of a path in words.
#include "describe/facts.hpp"

#include <fmt/format.h>

#include <array>

namespace ringside::path {

std::string exact(Duration d) {
  struct Scale {
    std::int64_t picoseconds;
    std::string_view word;
  };
  static constexpr std::array scales{Scale{1'000'000'000'000, "s"}, Scale{1'000'000'000, "ms"},
                                     Scale{1'000'000, "us"}, Scale{1'000, "ns"}};
  if (d == Duration{}) return "0us";
  for (const auto& [picoseconds, word] : scales)
    if (d.count() % picoseconds == 0) return fmt::format("{}{}", d.count() / picoseconds, word);
  return fmt::format("{}ps", d.count());
}

std::string amount(std::int64_t count, Unit unit) {
  if (unit == Unit::packets) return fmt::format("{} {}", count, count == 1 ? "packet" : "packets");
  if (count % (1 << 20) == 0) return fmt::format("{} MiB", count >> 20);
  if (count % (1 << 10) == 0) return fmt::format("{} KiB", count >> 10);
  return fmt::format("{} B", count);
}

std::string joined(const std::vector<std::string>& parts, std::string_view separator) {
  return fmt::format("{}", fmt::join(parts, separator));
}

std::string_view kind(const Hand& hand) {
  static constexpr std::array<std::string_view, 4> kinds{"call", "trap", "queue", "notify"};
  static_assert(std::variant_size_v<Hand> == kinds.size());
  return kinds[hand.index()];
}

std::string name_of(const Hand& hand) {
  if (const auto* queue = std::get_if<Queue>(&hand)) return queue->name;
  if (const auto* notify = std::get_if<Notify>(&hand)) return notify->name;
  return {};
}

}  // namespace ringside::path
