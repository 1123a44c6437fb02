// Files: what the page cache lacks is asked of the disk, and who waits for it, or for memory that was lent,
// is woken.
#include <fmt/format.h>

#include <algorithm>

#include "check/rules.hpp"
#include "graph.hpp"

namespace ringside::path {

namespace {

const Notify* notice_of(const Hop& hop, Raise raise) {
  const auto* notify = std::get_if<Notify>(&hop.hand);
  return notify && notify->raise == raise ? notify : nullptr;
}

void check_miss(const Path& path, const Hop& hop, Findings& found) {
  const bool rings = notice_of(hop, Raise::doorbell) != nullptr;
  const bool a_disk = path.stages[hop.to].work == Work::load;
  if (hop.when == Verdict::miss ? rings && a_disk : !a_disk) return;
  found.push_back(
      {hop.origin, fmt::format("from '{}' to '{}': a disk is asked by a doorbell with when: miss, "
                               "which leads to a stage with work: load",
                               path.stages[hop.from].name, path.stages[hop.to].name)});
}

bool woken(const Path& path, StageId sleeper) {
  return std::ranges::any_of(
      path.hops, [sleeper](const Hop& hop) { return notice_of(hop, Raise::wakeup) && hop.to == sleeper; });
}

}  // namespace

void check_files(const Path& path, Findings& found) {
  for (const Hop& hop : path.hops) check_miss(path, hop, found);
  const auto all = graph_of(path, [](const Hop&) { return true; });
  for (StageId id = 0; id < path.stages.size(); ++id) {
    const Stage& stage = path.stages[id];
    const bool asks = std::ranges::any_of(
        path.hops, [id](const Hop& hop) { return hop.from == id && hop.when == Verdict::miss; });
    if (stage.work == Work::fetch && !asks)
      found.push_back(
          {stage.origin, fmt::format("'{}' finds that the page cache lacks something, and asks nobody: "
                                     "expected a hop with when: miss",
                                     stage.name)});
    if ((stage.work == Work::fetch || stage.work == Work::reap) && !woken(path, id))
      found.push_back(
          {stage.origin, fmt::format("'{}' waits, and nothing wakes it: expected a notify hop that "
                                     "raises a wakeup",
                                     stage.name)});
    if (stage.at_most != 0 && stage.work != Work::fetch)
      found.push_back(
          {stage.origin, fmt::format("'{}' takes at most {} bytes, but has work: {}; expected fetch",
                                     stage.name, stage.at_most, to_string(stage.work))});
    if (stage.work != Work::load) continue;
    const auto reached = reachable(all, {id});
    for (StageId waits = 0; waits < path.stages.size(); ++waits)
      if (path.stages[waits].work == Work::fetch && !reached[waits])
        found.push_back({stage.origin, fmt::format("'{}' has read, and '{}' never hears of it: expected an "
                                                   "interrupt, and a wakeup behind it",
                                                   stage.name, path.stages[waits].name)});
  }
}

}  // namespace ringside::path
