// A path as GraphML, through Boost.Graph's writer: for graph tools and other languages.
#include <boost/graph/graphml.hpp>
#include <boost/property_map/function_property_map.hpp>
#include <sstream>

#include "describe/facts.hpp"
#include "graph.hpp"
#include "ringside/path/describe.hpp"

namespace ringside::path {

namespace {

// Boost's writer asks for each property by the vertex; ours are looked up in the path.
template <class Fact>
auto of_stage(const Path& path, Fact fact) {
  using Vertex = StageGraph::vertex_descriptor;
  return boost::make_function_property_map<Vertex>(
      [&path, fact](Vertex v) { return std::string{fact(path.stages[v])}; });
}

template <class Fact>
auto of_hop(const Path& path, const StageGraph& graph, Fact fact) {
  using Edge = StageGraph::edge_descriptor;
  return boost::make_function_property_map<Edge>(
      [&path, &graph, fact](Edge e) { return std::string{fact(path.hops[graph[e].hop])}; });
}

}  // namespace

std::string describe_graphml(const Path& path) {
  const auto graph = graph_of(path, [](const Hop&) { return true; });
  boost::dynamic_properties properties;
  properties.property("name", of_stage(path, [](const Stage& s) { return s.name; }));
  properties.property("domain", of_stage(path, [](const Stage& s) { return to_string(s.domain); }));
  properties.property("work", of_stage(path, [](const Stage& s) { return to_string(s.work); }));
  properties.property("memory", of_stage(path, [](const Stage& s) { return to_string(s.memory); }));
  properties.property("op", of_stage(path, [](const Stage& s) { return joined(s.ops, " "); }));
  properties.property("stands for", of_stage(path, [](const Stage& s) { return s.stands_for; }));
  properties.property("why.en", of_stage(path, [](const Stage& s) { return s.why.en; }));
  properties.property("why.zh_CN", of_stage(path, [](const Stage& s) { return s.why.zh_CN; }));
  properties.property("program", of_stage(path, [](const Stage& s) {
                        return s.work == Work::judge ? to_string(s.program) : std::string_view{};
                      }));
  properties.property("hand", of_hop(path, graph, [](const Hop& h) { return kind(h.hand); }));
  properties.property("called", of_hop(path, graph, [](const Hop& h) { return name_of(h.hand); }));
  properties.property("when", of_hop(path, graph, [](const Hop& h) { return to_string(h.when); }));
  properties.property("at", of_hop(path, graph, [](const Hop& h) {
                        return h.at_batch_end ? std::string_view{"batch end"} : std::string_view{};
                      }));
  std::ostringstream out;
  boost::write_graphml(out, graph, properties, true);
  return out.str();
}

}  // namespace ringside::path
