// A path for Graphviz: `ringside show NAME --format dot | dot -Tsvg`.
#include <fmt/format.h>

#include <iterator>

#include "describe/facts.hpp"
#include "ringside/path/describe.hpp"
#include "ringside/path/lanes.hpp"
#include "ringside/path/spoken.hpp"

namespace ringside::path {

namespace {

std::string in_quotes(std::string_view text) {
  std::string escaped{'"'};
  for (const char c : text) {
    if (c == '"' || c == '\\') escaped += '\\';
    escaped += c;
  }
  return escaped += '"';
}

std::string edge_label(const Hop& hop) {
  std::string label = name_of(hop.hand);
  if (const auto* queue = std::get_if<Queue>(&hop.hand))
    label += ": " + amount(queue->capacity, queue->unit, Language::en);
  if (const auto* call = std::get_if<Call>(&hop.hand); call && (call->each_batch || call->clone))
    label = call->clone ? "clone" : "each batch";
  if (hop.at_batch_end) label += " at batch end";
  if (hop.when != Verdict::always)
    label = fmt::format("{}{}{}", to_string(hop.when), label.empty() ? "" : ": ", label);
  return label;
}

std::string_view edge_style(const Hand& hand) {
  if (std::holds_alternative<Notify>(hand)) return ", style=dashed";
  if (std::holds_alternative<Queue>(hand)) return ", arrowtail=box, dir=both";
  if (std::holds_alternative<Trap>(hand)) return ", color=\"black:white:black\"";
  return "";
}

}  // namespace

std::string describe_dot(const Path& path) {
  const auto lane = lanes(path);
  std::string dot = fmt::format(
      "digraph {} {{\n  label={};\n  node [shape=box, fontname=\"sans-serif\"];\n"
      "  edge [fontname=\"sans-serif\", fontsize=10];\n",
      in_quotes(path.name), in_quotes(path.title.en));
  const auto out = std::back_inserter(dot);
  for (StageId id = 0; id < path.stages.size(); ++id) {
    const Stage& stage = path.stages[id];
    fmt::format_to(out, "  s{} [label={}, tooltip={}, color=\"{}\"{}];\n", id, in_quotes(stage.name),
                   in_quotes(stage.why.en), style(lane[id]).light,
                   stage.memory == Memory::copy ? ", style=filled, fillcolor=\"#DDDDDD\"" : "");
  }
  for (const Hop& hop : path.hops)
    fmt::format_to(out, "  s{} -> s{} [label={}{}];\n", hop.from, hop.to, in_quotes(edge_label(hop)),
                   edge_style(hop.hand));
  return dot += "}\n";
}

}  // namespace ringside::path
