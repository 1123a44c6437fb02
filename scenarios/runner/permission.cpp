#include "permission.hpp"

#include <algorithm>

namespace ringside::scenarios {

namespace {

bool lacks(const HostText& host, const path::Capability& need) {
  const auto named = [&host](std::string_view name) {
    return std::ranges::find(host.lacks, name) != host.lacks.end();
  };
  return named(need.name) || (named(all_privileges) && !need.given_to_everyone);
}

}  // namespace

std::vector<Refusal> refusals(const Scenario& scenario, const Ingredients& ingredients) {
  std::vector<Refusal> all;
  for (const HostText& host : scenario.hosts) {
    if (host.wire) continue;
    const auto& needs = ingredients.paths.at(host.name).needs;
    const auto first = std::ranges::find_if(needs, [&host](const auto& need) { return lacks(host, need); });
    if (first != needs.end())
      all.push_back(
          {.host = host.name, .error = first->error, .lacks = first->name, .for_what = first->for_what});
  }
  return all;
}

}  // namespace ringside::scenarios
