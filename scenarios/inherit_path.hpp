// What a route map leaves out of the one that it is based on.
#pragma once

#include "fields.hpp"
#include "ringside/path/path.hpp"

namespace ringside::scenarios {

// `without: {stages: [names], hops: [{from, to}]}`. With a stage go its hops; a hop that is named goes with
// everything between its two stages, queue and notification.
void remove_without(const TextNode& without, const Source& source, path::Path& path);

// Drops the first `inherited` parameters whose queue or notification no hop has any more.
void drop_orphaned_parameters(path::Path& path, std::size_t inherited);

}  // namespace ringside::scenarios
