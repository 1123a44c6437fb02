// A hop follows a verdict that its stage can reach, and what a stage decides leads somewhere.
#include <fmt/format.h>

#include <algorithm>

#include "check/rules.hpp"
#include "graph.hpp"

namespace ringside::path {

namespace {

struct Verdicts {
  std::vector<Verdict> possible{};  // what the work can decide
  std::vector<Verdict> needed{};    // without a hop for these the packet would be lost
};

Verdicts verdicts_of(Work work) {
  using enum Verdict;
  switch (work) {
    case Work::demultiplex: return {{udp, tcp, icmp, forward}, {udp, tcp, icmp, forward}};
    case Work::protocol: return {{transmit}, {}};
    case Work::read: return {{transmit, whole, rest}, {}};  // UDP answers nothing
    case Work::prepare: return {{submit}, {submit}};
    case Work::timer:
    case Work::write: return {{transmit}, {transmit}};
    case Work::application: return {{read, write, reap}, {}};
    case Work::judge:
      return {{pass, drop, tx, redirect, socket, core}, {}};  // what no hop follows is the end of the packet
    case Work::fetch: return {{miss}, {}};
    case Work::pass:
    case Work::arrive:
    case Work::depart:
    case Work::route:
    case Work::load:
    case Work::reap:
    case Work::consume:
    case Work::coalesce:
    case Work::segment:
    case Work::reclaim: return {};
  }
  return {};
}

std::string listed(const std::vector<Verdict>& verdicts) {
  std::string list;
  for (const Verdict v : verdicts) list += fmt::format("{}{}", list.empty() ? "" : ", ", to_string(v));
  return list.empty() ? "no verdicts at all" : list;
}

// A thread that takes from a queue has its own say when there is nothing in it.
bool may_find_nothing(const Path& path, StageId stage) {
  if (!is_thread(path.stages[stage].domain)) return false;
  const auto context = context_of(path, stage);
  for (StageId other = 0; other < path.stages.size(); ++other)
    if (context[other] && takes_from_a_queue(path, other)) return true;
  return false;
}

bool contains(const std::vector<Verdict>& verdicts, Verdict v) {
  return std::ranges::find(verdicts, v) != verdicts.end();
}

bool followed(const Path& path, StageId stage, Verdict verdict) {
  return std::ranges::any_of(path.hops, [&](const Hop& hop) {
    const bool any = hop.when == Verdict::always && verdict != Verdict::transmit;  // these are other packets
    return hop.from == stage && (hop.when == verdict || any);
  });
}

bool left(const Path& path, StageId stage) {
  return std::ranges::any_of(path.hops, [stage](const Hop& hop) { return hop.from == stage; });
}

bool may_end_a_path(Work work) {
  return work == Work::depart || work == Work::consume || work == Work::application || work == Work::reclaim;
}

}  // namespace

void check_verdicts(const Path& path, Findings& found) {
  for (const Hop& hop : path.hops) {
    const Stage& from = path.stages[hop.from];
    auto possible = verdicts_of(from.work).possible;
    if (may_find_nothing(path, hop.from)) possible.push_back(Verdict::empty);
    if (hop.when == Verdict::always || contains(possible, hop.when)) continue;
    found.push_back(
        {hop.origin, fmt::format("when: {} cannot follow '{}': work: {} reaches {}", to_string(hop.when),
                                 from.name, to_string(from.work), listed(possible))});
  }
  for (StageId id = 0; id < path.stages.size(); ++id) {
    const Stage& stage = path.stages[id];
    if (!left(path, id)) {
      if (!may_end_a_path(stage.work))
        found.push_back(
            {stage.origin,
             fmt::format("'{}' leads nowhere: only depart, application, consume and reclaim end a way",
                         stage.name)});
      continue;
    }
    const Verdict decided = verdict_of(stage.program);
    if (stage.work == Work::judge && decided != Verdict::drop && !followed(path, id, decided))
      found.push_back({stage.origin, fmt::format("'{}' runs program: {}, but no hop follows that verdict",
                                                 stage.name, to_string(stage.program))});
    if (stage.work == Work::judge && stage.program == Program::route && !followed(path, id, Verdict::pass))
      found.push_back(
          {stage.origin, fmt::format("'{}' runs program: route, which passes what is for this host "
                                     "or cannot go on, but no hop follows that verdict",
                                     stage.name)});
    for (const Verdict verdict : verdicts_of(stage.work).needed) {
      if (!followed(path, id, verdict))
        found.push_back({stage.origin, fmt::format("'{}' can decide {}, but no hop follows that verdict",
                                                   stage.name, to_string(verdict))});
    }
  }
}

}  // namespace ringside::path
