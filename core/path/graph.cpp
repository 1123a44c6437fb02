// Reachability, cycles and orders of a path.
#include "graph.hpp"

#include <algorithm>
#include <boost/graph/breadth_first_search.hpp>
#include <boost/graph/strong_components.hpp>
#include <boost/range/iterator_range.hpp>
#include <functional>
#include <queue>

namespace ringside::path {

namespace {

// What the word "follows" means for a packet does not fit these: they hand over against its direction, or
// something that is no packet.
bool runs_backwards(const Path& path, const Hop& hop) {
  if (const auto* queue = std::get_if<Queue>(&hop.hand)) return !queue->returns.empty();
  const bool asks_for_the_next = path.stages[hop.from].work == Work::application && hop.when == Verdict::read;
  const Work from = path.stages[hop.from].work;
  const bool returns =
      (from == Work::write || from == Work::reap) && path.stages[hop.to].work == Work::application;
  return asks_for_the_next || returns;
}

void add_unless_it_closes_a_loop(StageGraph& graph, const Hop& hop, std::size_t index) {
  if (!reachable(graph, {hop.to})[hop.from]) boost::add_edge(hop.from, hop.to, EdgeHop{index}, graph);
}

// From `start` along edges inside its component back to `start`, by the shortest way.
std::vector<StageId> cycle_through(const StageGraph& graph, const std::vector<int>& component,
                                   StageId start) {
  std::vector<StageId> before(component.size(), start);
  std::vector<bool> seen(component.size(), false);
  std::vector<StageId> frontier{start};
  for (std::size_t i = 0; i < frontier.size(); ++i) {
    const StageId at = frontier[i];
    for (const auto edge : boost::make_iterator_range(boost::out_edges(at, graph))) {
      const auto next = static_cast<StageId>(boost::target(edge, graph));
      if (next == start) {
        std::vector<StageId> cycle{at};
        while (cycle.back() != start) cycle.push_back(before[cycle.back()]);
        return {cycle.rbegin(), cycle.rend()};
      }
      if (component[next] != component[start] || seen[next]) continue;
      seen[next] = true;
      before[next] = at;
      frontier.push_back(next);
    }
  }
  return {};
}

}  // namespace

std::vector<bool> reachable(const StageGraph& graph, const std::vector<StageId>& roots) {
  std::vector<boost::default_color_type> colour(boost::num_vertices(graph), boost::white_color);
  boost::queue<StageGraph::vertex_descriptor> frontier;
  const auto colour_of =
      boost::make_iterator_property_map(colour.begin(), boost::get(boost::vertex_index, graph));
  for (const StageId root : roots) {
    if (colour[root] == boost::white_color)
      boost::breadth_first_visit(graph, root, frontier, boost::default_bfs_visitor{}, colour_of);
  }
  std::vector<bool> reached;
  reached.reserve(colour.size());
  for (const auto c : colour) reached.push_back(c != boost::white_color);
  return reached;
}

std::vector<std::vector<StageId>> cycles(const StageGraph& graph) {
  std::vector<int> component(boost::num_vertices(graph));
  const auto index = boost::get(boost::vertex_index, graph);
  const int count =
      boost::strong_components(graph, boost::make_iterator_property_map(component.begin(), index));
  std::vector<bool> told(static_cast<std::size_t>(count), false);
  std::vector<std::vector<StageId>> found;
  for (StageId stage = 0; stage < component.size(); ++stage) {
    const auto c = static_cast<std::size_t>(component[stage]);
    if (told[c]) continue;
    told[c] = true;
    if (auto cycle = cycle_through(graph, component, stage); !cycle.empty())
      found.push_back(std::move(cycle));
  }
  return found;
}

bool is_call(const Hop& hop) { return std::holds_alternative<Call>(hop.hand); }

bool each_batch(const Hop& hop) {
  const auto* call = std::get_if<Call>(&hop.hand);
  return call && call->each_batch;
}

bool is_clone(const Hop& hop) {
  const auto* call = std::get_if<Call>(&hop.hand);
  return call && call->clone;
}

bool cuts_in_hardware(const Stage& stage) {
  return stage.work == Work::segment && stage.domain == Domain::hardware && stage.at_most > 0;
}

bool is_off(const Path& path, const Stage& stage) {
  if (stage.work == Work::segment) return !packets_of_several_frames(path);
  return stage.switched_off || (stage.work == Work::coalesce && stage.at_most == 0);
}

bool gathers_in_hardware(const Stage& stage) {
  return stage.work == Work::coalesce && stage.domain == Domain::hardware;
}

bool packets_of_several_frames(const Path& path) {
  return std::ranges::any_of(path.stages, [](const Stage& s) {
    return (s.work == Work::coalesce || s.work == Work::segment) && s.at_most > 0;
  });
}

bool carries_on(const Hop& hop) { return is_call(hop) && !each_batch(hop) && !is_clone(hop); }

bool drained_by_caller(const Path& path, StageId stage) {
  return std::ranges::any_of(path.hops, [stage](const Hop& hop) {
    const auto* queue = std::get_if<Queue>(&hop.hand);
    return queue && hop.to == stage && queue->drain == Drain::caller;
  });
}

bool carries_packet(const Hop& hop) { return !std::holds_alternative<Notify>(hop.hand) && !each_batch(hop); }

std::vector<bool> context_of(const Path& path, StageId stage) {
  StageGraph context(path.stages.size());
  for (const Hop& hop : path.hops) {
    const bool joins = std::holds_alternative<Call>(hop.hand) || std::holds_alternative<Trap>(hop.hand);
    const bool to_a_caller =
        path.stages[hop.from].domain == Domain::caller || path.stages[hop.to].domain == Domain::caller;
    if (!joins || to_a_caller) continue;
    boost::add_edge(hop.from, hop.to, context);
    boost::add_edge(hop.to, hop.from, context);
  }
  return reachable(context, {stage});
}

bool asks(const Path& path, StageId application) {
  return std::ranges::any_of(path.hops, [application](const Hop& hop) {
    return hop.from == application &&
           (hop.when == Verdict::read || hop.when == Verdict::write || hop.when == Verdict::reap);
  });
}

bool called_by_a_loop(const Path& path, StageId application) {
  return std::ranges::any_of(
      path.hops, [application](const Hop& hop) { return hop.to == application && each_batch(hop); });
}

namespace {

template <class Accepted>
bool thread_has_application(const Path& path, StageId stage, Accepted accepted) {
  const auto context = context_of(path, stage);
  for (StageId other = 0; other < path.stages.size(); ++other)
    if (context[other] && path.stages[other].work == Work::application && asks(path, other) &&
        accepted(other))
      return true;
  return false;
}

}  // namespace

bool in_thread_of_sockets(const Path& path, StageId stage) {
  return thread_has_application(path, stage, [](StageId) { return true; });
}

bool sleeps_in_calls(const Path& path, StageId stage) {
  return thread_has_application(path, stage, [&path](StageId id) { return !called_by_a_loop(path, id); });
}

bool takes_from_a_queue(const Path& path, StageId stage) {
  return std::ranges::any_of(path.hops, [stage](const Hop& hop) {
    return std::holds_alternative<Queue>(hop.hand) && hop.to == stage;
  });
}

StageGraph packet_order(const Path& path) {
  StageGraph graph(path.stages.size());
  for (std::size_t h = 0; h < path.hops.size(); ++h) {
    const Hop& hop = path.hops[h];
    if (carries_packet(hop) && !runs_backwards(path, hop)) add_unless_it_closes_a_loop(graph, hop, h);
  }
  return graph;
}

std::vector<StageId> reading_order(const Path& path) {
  StageGraph graph = packet_order(path);
  for (std::size_t h = 0; h < path.hops.size(); ++h) add_unless_it_closes_a_loop(graph, path.hops[h], h);
  return topological(graph);
}

std::vector<StageId> topological(const StageGraph& acyclic) {
  // Not boost::topological_sort: it leaves the choice among equals to its search, ours is the order of the
  // text.
  std::vector<int> missing(boost::num_vertices(acyclic), 0);
  for (StageId from = 0; from < missing.size(); ++from)
    for (const auto edge : boost::make_iterator_range(boost::out_edges(from, acyclic)))
      ++missing[boost::target(edge, acyclic)];
  std::priority_queue<StageId, std::vector<StageId>, std::greater<>> ready;
  for (StageId stage = 0; stage < missing.size(); ++stage)
    if (missing[stage] == 0) ready.push(stage);
  std::vector<StageId> order;
  while (!ready.empty()) {
    const StageId stage = ready.top();
    ready.pop();
    order.push_back(stage);
    for (const auto edge : boost::make_iterator_range(boost::out_edges(stage, acyclic)))
      if (--missing[boost::target(edge, acyclic)] == 0)
        ready.push(static_cast<StageId>(boost::target(edge, acyclic)));
  }
  return order;
}

}  // namespace ringside::path
