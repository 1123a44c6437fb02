// All rules, one after the other; the findings in the order of the text.
#include "ringside/path/check.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "check/rules.hpp"

namespace ringside::path {

namespace {

// Every other rule looks up both ends of a hop.
bool all_ends_exist(const Path& path, Findings& found) {
  for (const Hop& hop : path.hops) {
    if (hop.from < path.stages.size() && hop.to < path.stages.size()) continue;
    found.push_back(
        {hop.origin, fmt::format("a hop leads from stage {} to stage {}, but there are only {} stages",
                                 hop.from, hop.to, path.stages.size())});
  }
  return found.empty();
}

}  // namespace

std::string in_quotes(std::string_view name) { return fmt::format("'{}'", name); }

std::string with_domain(const Stage& stage) {
  return fmt::format("'{}' ({})", stage.name, to_string(stage.domain));
}

std::vector<Finding> check(const Path& path) {
  Findings found;
  if (!all_ends_exist(path, found)) return found;
  for (const auto rule :
       {check_texts, check_stages, check_hops, check_verdicts, check_queues, check_notifications, check_files,
        check_segments, check_parameters, check_shape, check_memory})
    rule(path, found);
  std::ranges::stable_sort(found, {}, [](const Finding& f) {
    return std::tuple{f.origin.line, f.origin.column};
  });
  return found;
}

}  // namespace ringside::path
