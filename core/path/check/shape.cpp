// The shape of the whole: one way in, a way out, every stage reached, no call that comes back to itself.
#include <fmt/format.h>

#include <algorithm>

#include "check/rules.hpp"
#include "graph.hpp"

namespace ringside::path {

namespace {

bool is_root(const Stage& stage) {
  return stage.work == Work::arrive || stage.work == Work::application || stage.work == Work::timer;
}

void check_ends(const Path& path, Findings& found) {
  const auto count = [&path](Work work) { return std::ranges::count(path.stages, work, &Stage::work); };
  if (count(Work::arrive) != 1)
    found.push_back(
        {{}, fmt::format("expected exactly one stage with work: arrive, there are {}", count(Work::arrive))});
  if (count(Work::depart) == 0)
    found.push_back({{}, "expected a stage with work: depart: what arrives must be able to leave"});
  for (const Work work : {Work::application, Work::timer}) {
    if (count(work) > 1)
      found.push_back({{},
                       fmt::format("expected at most one stage with work: {}, there are {}", to_string(work),
                                   count(work))});
  }
}

void check_reached(const Path& path, Findings& found) {
  std::vector<StageId> roots;
  for (StageId id = 0; id < path.stages.size(); ++id)
    if (is_root(path.stages[id])) roots.push_back(id);
  const auto reached = reachable(graph_of(path, [](const Hop&) { return true; }), roots);
  for (StageId id = 0; id < path.stages.size(); ++id) {
    if (!reached[id])
      found.push_back(
          {path.stages[id].origin,
           fmt::format("'{}' is never reached: no hops lead to it from the wire, the program or a timer",
                       path.stages[id].name)});
  }
}

Origin origin_of_call(const Path& path, StageId from, StageId to) {
  const auto hop = std::ranges::find_if(
      path.hops, [from, to](const Hop& h) { return is_call(h) && h.from == from && h.to == to; });
  return hop->origin;
}

void check_cycles(const Path& path, Findings& found) {
  // A socket call of a program is another turn: it ends the piece of work.
  const auto calls = graph_of(path, [&path](const Hop& hop) {
    const Work to = path.stages[hop.to].work;
    const bool a_turn = path.stages[hop.from].work == Work::application &&
                        (to == Work::read || to == Work::write || to == Work::fetch || to == Work::reap);
    return is_call(hop) && !a_turn;
  });
  for (const auto& cycle : cycles(calls)) {
    std::string way;
    for (const StageId id : cycle) way += in_quotes(path.stages[id].name) + " calls ";
    way += in_quotes(path.stages[cycle.front()].name);
    found.push_back({origin_of_call(path, cycle.back(), cycle.front()),
                     way + ": a call that comes back to itself never ends; a queue would break the cycle"});
  }
}

}  // namespace

void check_shape(const Path& path, Findings& found) {
  check_ends(path, found);
  check_reached(path, found);
  check_cycles(path, found);
}

}  // namespace ringside::path
