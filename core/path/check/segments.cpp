// Packets of several frames: what is put together (by GRO, or by a stack that leaves cutting to others) is
// cut into frames again before it leaves.
#include <fmt/format.h>

#include <algorithm>

#include "check/rules.hpp"
#include "graph.hpp"

namespace ringside::path {

namespace {

void check_limit(const Stage& stage, Findings& found) {
  if (stage.at_most != 0 && !limits_size(stage.work))
    found.push_back(
        {stage.origin, fmt::format("'{}' takes at most {} bytes, but has work: {}; expected fetch, "
                                   "coalesce or segment",
                                   stage.name, stage.at_most, to_string(stage.work))});
}

// Nothing ends on a card as a poll does: only time does not let the last frame of a burst wait for ever.
void check_waiting(const Path& path, const Stage& stage, Findings& found) {
  const bool on_card = gathers_in_hardware(stage);
  if (stage.at_longest != Duration{} && !on_card)
    found.push_back(
        {stage.origin, fmt::format("'{}' says how long it waits: expected a stage of the card with work: "
                                   "coalesce",
                                   stage.name)});
  if (on_card && stage.at_most > 0 && stage.at_longest <= Duration{})
    found.push_back({stage.origin, fmt::format("'{}' would let a frame wait for ever for the one behind it: "
                                               "expected 'at longest', a time greater than 0{}",
                                               stage.name, set_by(path, stage.name, Member::at_longest))});
}

// Who does not write checksums cannot cut, and who does not verify them cannot put together: Linux switches
// TSO off without the one offload, and LRO without the other (netdev_fix_features()).
void check_checksums(const Path& path, Findings& found) {
  const auto card = [&path](bool out) -> const Stage* {
    for (const Stage& stage : path.stages)
      if (out ? cuts_in_hardware(stage) : gathers_in_hardware(stage) && stage.at_most > 0) return &stage;
    return nullptr;
  };
  for (const Stage& sums : path.stages) {
    const bool only_sums = sums.work == Work::pass && sums.ops == std::vector{std::string{op_checksum}};
    if (!only_sums || sums.switched_off) continue;
    if (const Stage* stage = card(sums.domain == Domain::caller))
      found.push_back(
          {sums.origin, fmt::format("'{0}' has a core add up the bytes, and the card does the work of "
                                    "'{1}': a card that does not know checksums cannot; expected '{1}' "
                                    "at most 0B",
                                    sums.name, stage->name)});
  }
}

// The stages that a packet comes to from here as it is, uncut.
std::vector<bool> uncut_from(const Path& path, StageId from) {
  const auto ways = graph_of(path, [&path](const Hop& hop) {
    const Stage& from = path.stages[hop.from];
    const bool cuts = from.work == Work::segment && (from.domain == Domain::caller || cuts_in_hardware(from));
    return carries_packet(hop) && !cuts;
  });
  return reachable(ways, {from});
}

void check_way_out(const Path& path, StageId from, const Origin& origin, Findings& found) {
  const auto reached = uncut_from(path, from);
  for (StageId id = 0; id < path.stages.size(); ++id)
    if (reached[id] && path.stages[id].work == Work::depart)
      found.push_back(
          {origin,
           fmt::format("a packet of several frames can come from '{}' to '{}' in one piece: expected a "
                       "stage with work: segment on the way, in caller or in a card that has it on",
                       path.stages[from].name, path.stages[id].name)});
}

// One packet became many: a ring that had room for one may be full for the others, and they cannot go back.
void check_room(const Path& path, StageId segment, Findings& found) {
  if (path.stages[segment].domain == Domain::hardware) return;
  const auto called = reachable(graph_of(path, carries_on), {segment});
  for (const Hop& hop : path.hops)
    if (const auto* queue = std::get_if<Queue>(&hop.hand);
        queue && called[hop.from] && queue->full == Full::hold)
      found.push_back(
          {path.stages[segment].origin,
           fmt::format("'{}' makes many frames of one packet, and '{}' holds them back where they cannot "
                       "wait: expected a queue with drain: caller between them",
                       path.stages[segment].name, queue->name)});
}

}  // namespace

bool limits_size(Work work) { return work == Work::fetch || work == Work::coalesce || work == Work::segment; }

void check_segments(const Path& path, Findings& found) {
  check_checksums(path, found);
  for (StageId id = 0; id < path.stages.size(); ++id) {
    const Stage& stage = path.stages[id];
    check_limit(stage, found);
    check_waiting(path, stage, found);
    if (stage.work == Work::coalesce) check_way_out(path, id, stage.origin, found);
    if (stage.work == Work::segment) check_room(path, id, found);
  }
  const bool sends_several = std::ranges::any_of(
      path.stages, [](const Stage& s) { return s.work == Work::segment && s.at_most > 0; });
  if (!sends_several) return;
  for (const Hop& hop : path.hops)
    if (hop.when == Verdict::transmit) check_way_out(path, hop.to, hop.origin, found);
}

}  // namespace ringside::path
