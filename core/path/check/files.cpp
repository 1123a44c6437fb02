// Files: what a program writes is fetched from the page cache, the disk is asked for what that lacks, and who
// waits for it, or for memory that was lent, is woken.
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

// Asked is the disk, by a doorbell, and only for what the page cache lacks.
void check_asking(const Path& path, const Hop& hop, Findings& found) {
  const Stage& from = path.stages[hop.from];
  const Stage& to = path.stages[hop.to];
  const bool a_disk = to.work == Work::load;
  if (hop.when == Verdict::miss && !a_disk)
    found.push_back(
        {hop.origin, fmt::format("when: miss leads from '{}' to '{}', which is no disk: expected a stage "
                                 "with work: load",
                                 from.name, to.name)});
  if (hop.when != Verdict::miss && a_disk)
    found.push_back(
        {hop.origin, fmt::format("'{}' asks '{}' whether it lacks something or not: expected when: miss",
                                 from.name, to.name)});
  if (a_disk && !notice_of(hop, Raise::doorbell))
    found.push_back({hop.origin, fmt::format("'{}' hands '{}' something: a disk is asked by a doorbell",
                                             from.name, to.name)});
}

// Stages that a program's thread comes to from here, without passing the program again.
std::vector<bool> on_the_way(const Path& path, StageId from) {
  const auto way = graph_of(path, [&path](const Hop& hop) {
    const bool goes_on = std::holds_alternative<Call>(hop.hand) || std::holds_alternative<Trap>(hop.hand);
    return goes_on && path.stages[hop.from].work != Work::application;
  });
  return reachable(way, {from});
}

bool comes_to(const Path& path, StageId from, Work work) {
  const auto reached = on_the_way(path, from);
  for (StageId id = 0; id < path.stages.size(); ++id)
    if (reached[id] && path.stages[id].work == work) return true;
  return false;
}

bool has(const Path& path, Work work) {
  return std::ranges::find(path.stages, work, &Stage::work) != path.stages.end();
}

// What is fetched is written, and what is written has been fetched.
void check_write_way(const Path& path, Findings& found) {
  if (!has(path, Work::fetch)) return;
  for (const Hop& hop : path.hops)
    if (hop.when == Verdict::write && !comes_to(path, hop.to, Work::fetch))
      found.push_back(
          {hop.origin, fmt::format("what the program writes by way of '{}' is never fetched, as elsewhere "
                                   "in this path: expected a stage with work: fetch on the way",
                                   path.stages[hop.to].name)});
  for (StageId id = 0; id < path.stages.size(); ++id)
    if (path.stages[id].work == Work::fetch && !comes_to(path, id, Work::write))
      found.push_back(
          {path.stages[id].origin, fmt::format("what '{}' fetches is never written: expected a stage with "
                                               "work: write behind it",
                                               path.stages[id].name)});
}

// Who sleeps in a call that the program made is in its thread.
void check_thread(const Path& path, StageId id, Findings& found) {
  const Stage& stage = path.stages[id];
  const bool of_a_program =
      stage.work == Work::fetch || stage.work == Work::write || stage.work == Work::reap;
  if (of_a_program && !in_thread_of_sockets(path, id))
    found.push_back(
        {stage.origin, fmt::format("'{}' has work: {}, but no program comes there: expected an application "
                                   "whose hop with when: write or reap leads to it",
                                   stage.name, to_string(stage.work))});
}

bool woken_from(const Path& path, StageId sleeper, const std::vector<bool>& by) {
  return std::ranges::any_of(path.hops, [&](const Hop& hop) {
    return notice_of(hop, Raise::wakeup) && hop.to == sleeper && by[hop.from];
  });
}

// Behind a disk, over interrupts, softirqs and calls.
std::vector<bool> behind_the_disk(const Path& path) {
  std::vector<StageId> disks;
  for (StageId id = 0; id < path.stages.size(); ++id)
    if (path.stages[id].work == Work::load) disks.push_back(id);
  const auto news = graph_of(path, [](const Hop& hop) {
    return is_call(hop) || notice_of(hop, Raise::interrupt) || notice_of(hop, Raise::softirq);
  });
  return reachable(news, disks);
}

std::vector<bool> protocols(const Path& path) {
  std::vector<bool> all;
  for (const Stage& stage : path.stages) all.push_back(stage.work == Work::protocol);
  return all;
}

void check_fetch(const Path& path, StageId id, Findings& found) {
  const Stage& stage = path.stages[id];
  const bool asks_disk = std::ranges::any_of(
      path.hops, [id](const Hop& hop) { return hop.from == id && hop.when == Verdict::miss; });
  if (!asks_disk)
    found.push_back(
        {stage.origin, fmt::format("'{}' finds that the page cache lacks something, and asks nobody: "
                                   "expected a hop with when: miss",
                                   stage.name)});
  else if (!woken_from(path, id, behind_the_disk(path)))
    found.push_back(
        {stage.origin, fmt::format("'{}' waits for the disk, and nothing behind the disk wakes it: expected "
                                   "an interrupt, and a wakeup behind it",
                                   stage.name)});
}

void check_reap(const Path& path, StageId id, Findings& found) {
  const Stage& stage = path.stages[id];
  const bool wanted = std::ranges::any_of(
      path.hops, [id](const Hop& hop) { return hop.to == id && hop.when == Verdict::reap; });
  if (!wanted)
    found.push_back(
        {stage.origin, fmt::format("'{}' has work: reap, and no program wants that: expected a hop with "
                                   "when: reap",
                                   stage.name)});
  if (!woken_from(path, id, protocols(path)))
    found.push_back(
        {stage.origin, fmt::format("'{}' waits for acknowledgements, and no protocol wakes it: expected a "
                                   "wakeup from a stage with work: protocol",
                                   stage.name)});
}

}  // namespace

void check_files(const Path& path, Findings& found) {
  for (const Hop& hop : path.hops) check_asking(path, hop, found);
  for (StageId id = 0; id < path.stages.size(); ++id) {
    const Stage& stage = path.stages[id];
    check_thread(path, id, found);
    if (stage.work == Work::fetch) check_fetch(path, id, found);
    if (stage.work == Work::reap) check_reap(path, id, found);
  }
  if (std::ranges::count(path.stages, Work::load, &Stage::work) > 1)
    found.push_back({{}, "expected at most one stage with work: load: a host has one disk"});
  check_write_way(path, found);
}

}  // namespace ringside::path
