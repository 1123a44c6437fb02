// Which operations a path needs, and which of them a profile leaves without a price.
#include <algorithm>

#include "ringside/path/check.hpp"

namespace ringside::path {

namespace {

// In path order: stages, then hops, then what the machine itself does; with repetitions.
std::vector<std::string> needed_operations(const Path& path) {
  std::vector<std::string> needed;
  const auto add = [&needed](const auto& ops) { needed.insert(needed.end(), ops.begin(), ops.end()); };
  for (const Stage& stage : path.stages) add(stage.ops);
  for (const Hop& hop : path.hops) {
    if (const auto* trap = std::get_if<Trap>(&hop.hand)) add(trap->ops);
    if (const auto* notify = std::get_if<Notify>(&hop.hand)) add(notify->ops);
  }
  needed.emplace_back(op_context_switch);
  needed.emplace_back(op_idle_exit);
  const auto wakes = [](const Hop& hop) {
    const auto* notify = std::get_if<Notify>(&hop.hand);
    return notify && notify->raise == Raise::wakeup;
  };
  const auto sends_by_dma = [](const Stage& s) {
    return s.domain == Domain::hardware && s.memory == Memory::dma && s.into == Region::device;
  };
  if (std::ranges::any_of(path.stages, sends_by_dma)) needed.emplace_back(op_read_request);
  if (std::ranges::any_of(path.hops, wakes)) needed.emplace_back(op_remote_wakeup);
  if (std::ranges::any_of(path.stages, [](const Stage& s) { return !s.line.empty(); }))
    needed.emplace_back(op_line_transfer);
  if (std::ranges::any_of(path.stages, [](const Stage& s) { return !s.back_after.empty(); }))
    needed.emplace_back(op_cache_refill);
  return needed;
}

}  // namespace

std::vector<std::string> missing_operations(const Path& path, const Profile& profile) {
  std::vector<std::string> missing;
  for (std::string& op : needed_operations(path)) {
    if (!profile.ops.contains(op) && std::ranges::find(missing, op) == missing.end())
      missing.push_back(std::move(op));
  }
  return missing;
}

}  // namespace ringside::path
