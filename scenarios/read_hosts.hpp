// The `hosts:`, `links:` and `workloads:` of a scenario.
#pragma once

#include <map>
#include <string>

#include "fields.hpp"
#include "ringside/scenarios/scenario.hpp"

namespace ringside::scenarios {

// The `set:` of each host by its name; its keys are checked when the host's path is known.
struct HostSetting {
  const TextNode* set = nullptr;
  const TextNode* tune = nullptr;  // if its path has that
};
using HostSettings = std::map<std::string, HostSetting, std::less<>>;

// A host that names no path or profile has those of the scenario.
HostSettings read_hosts(const TextNode& map, const Source& source, Scenario& scenario);
void read_links(const TextNode& list, const Source& source, Scenario& scenario);

// The host that a node names; reports one that the scenario does not have.
std::optional<std::string> as_host(const TextNode&, const Source&, const Scenario&);

}  // namespace ringside::scenarios
