// Removing stages and hops from an inherited path.
#include "inherit_path.hpp"

#include <algorithm>
#include <variant>

#include "read_hop.hpp"

namespace ringside::scenarios {
namespace {

using path::Hop;
using path::Path;
using path::StageId;

void remove_hops_between(const TextNode& node, const Source& source, Path& path) {
  Fields fields{node, source, "a hop to leave out"};
  const TextNode* from = fields.need("from");
  const TextNode* to = fields.need("to");
  fields.close();
  if (!from || !to) return;
  const auto a = as_stage(*from, source, path);
  const auto b = as_stage(*to, source, path);
  if (!a || !b) return;
  if (std::erase_if(path.hops, [&](const Hop& hop) { return hop.from == *a && hop.to == *b; }) == 0)
    source.error(node.origin, fmt::format("no hop from '{}' to '{}' to leave out", from->text, to->text));
}

// Stage numbers are positions, so that removing one moves those behind it.
void remove_stage(StageId gone, Path& path) {
  path.stages.erase(path.stages.begin() + gone);
  std::erase_if(path.hops, [&](const Hop& hop) { return hop.from == gone || hop.to == gone; });
  for (Hop& hop : path.hops) {
    if (hop.from > gone) --hop.from;
    if (hop.to > gone) --hop.to;
  }
}

bool has_target(const Path& path, const std::string& name) {
  const auto named = [&](const path::Stage& stage) { return stage.name == name; };
  if (std::any_of(path.stages.begin(), path.stages.end(), named)) return true;
  return std::any_of(path.hops.begin(), path.hops.end(), [&](const Hop& hop) {
    const auto* queue = std::get_if<path::Queue>(&hop.hand);
    const auto* notify = std::get_if<path::Notify>(&hop.hand);
    return (queue && queue->name == name) || (notify && notify->name == name);
  });
}

}  // namespace

void remove_without(const TextNode& without, const Source& source, Path& path) {
  Fields fields{without, source, "what is left out"};
  const TextNode* hops = fields.find("hops");
  const TextNode* stages = fields.find("stages");
  fields.close();
  if (hops && hops->kind != TextNode::Kind::list)
    return source.wrong(*hops, "a list of hops {from: ..., to: ...}");
  if (stages && stages->kind != TextNode::Kind::list) return source.wrong(*stages, "a list of stages");
  if (hops)
    for (const TextNode& hop : hops->items) remove_hops_between(hop, source, path);
  if (stages)
    for (const TextNode& stage : stages->items)
      if (const auto gone = as_stage(stage, source, path)) remove_stage(*gone, path);
}

void drop_orphaned_parameters(Path& path, std::size_t inherited) {
  const auto end = path.parameters.begin() + static_cast<std::ptrdiff_t>(inherited);
  path.parameters.erase(std::remove_if(path.parameters.begin(), end,
                                       [&](const path::Parameter& p) { return !has_target(path, p.target); }),
                        end);
}

}  // namespace ringside::scenarios
