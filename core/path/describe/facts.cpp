// Facts of a path in words.
#include "describe/facts.hpp"

#include "ringside/path/spoken.hpp"

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

std::string amount(std::int64_t count, Unit unit, Language language) {
  if (unit == Unit::packets)
    return fmt::format(fmt::runtime(spoken(count == 1 ? "{} packet" : "{} packets", language)), count);
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

namespace {

// As --set takes it.
std::string settable(std::int64_t count, Unit unit) {
  if (unit == Unit::packets) return fmt::format("{}", count);
  if (count == 0 || count % (1 << 10) != 0) return fmt::format("{}B", count);
  return count % (1 << 20) == 0 ? fmt::format("{}MiB", count >> 20) : fmt::format("{}KiB", count >> 10);
}

std::string value_of(const Stage& stage, Member member) {
  switch (member) {
    case Member::program: return std::string{to_string(stage.program)};
    case Member::at_most: return settable(stage.at_most, Unit::bytes);
    case Member::at_longest: return exact(stage.at_longest);
    case Member::requests: return fmt::format("{}", stage.requests);
    case Member::need_wakeup: return stage.need_wakeup ? "1" : "0";
    case Member::switched_off: return stage.switched_off ? "1" : "0";
    default: return "";
  }
}

std::string value_of(const Queue& queue, Member member) {
  switch (member) {
    case Member::capacity: return settable(queue.capacity, queue.unit);
    case Member::budget: return fmt::format("{}", queue.budget);
    case Member::block: return settable(queue.block, queue.unit);
    case Member::retire_after: return exact(queue.retire_after);
    default: return "";
  }
}

std::string value_of(const Notify& notify, Member member) {
  switch (member) {
    case Member::moderation: return exact(notify.moderation);
    case Member::demote_after: return exact(notify.demote_after);
    case Member::after_frames: return fmt::format("{}", notify.after_frames);
    case Member::after_time: return exact(notify.after_time);
    case Member::adaptive: return notify.adaptive ? "1" : "0";
    default: return "";
  }
}

}  // namespace

std::string value_of(const Path& path, const Parameter& parameter) {
  for (const Stage& stage : path.stages)
    if (stage.name == parameter.target)
      if (std::string value = value_of(stage, parameter.member); !value.empty()) return value;
  for (const Hop& hop : path.hops) {
    if (const auto* queue = std::get_if<Queue>(&hop.hand); queue && queue->name == parameter.target)
      if (std::string value = value_of(*queue, parameter.member); !value.empty()) return value;
    if (const auto* notify = std::get_if<Notify>(&hop.hand); notify && notify->name == parameter.target)
      if (std::string value = value_of(*notify, parameter.member); !value.empty()) return value;
  }
  return "";
}

}  // namespace ringside::path
