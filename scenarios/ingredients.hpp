// The paths and profiles of a scenario's hosts, with the parameters that the scenario sets.
#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "read_hosts.hpp"
#include "ringside/scenarios/load.hpp"

namespace ringside::scenarios {

struct Settings {
  HostSettings of_hosts{};                                           // `set:`
  std::vector<std::pair<std::string, std::string>> of_study_host{};  // --set
};

// Loads what each host names, applies the settings to its path, and reports operations that no profile
// prices.
Ingredients load_ingredients(Scenario& scenario, const Settings& settings, const Overrides& overrides,
                             const Source& source, const Library& library);

}  // namespace ringside::scenarios
