// The `hops:` of a route map.
#pragma once

#include "fields.hpp"
#include "ringside/path/path.hpp"

namespace ringside::scenarios {

// Appends the hops of the list to the path, whose stages are complete. A queue or notification is described
// once and named elsewhere; each hop of the path then carries all of its facts. Those of the `inherited`
// hops, which are there or were left out, may be named, or described anew for all their hops.
void read_hops(const TextNode& list, const Source& source, const std::vector<path::Hop>& inherited,
               path::Path& path);

// The stage that a node names; reports one that the path does not have.
std::optional<path::StageId> as_stage(const TextNode&, const Source&, const path::Path&);

}  // namespace ringside::scenarios
