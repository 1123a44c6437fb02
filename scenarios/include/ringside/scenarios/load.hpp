// From texts to values. Every loader reports all that is wrong in `findings` and then returns nullopt.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ringside/path/path.hpp"
#include "ringside/path/profile.hpp"
#include "ringside/scenarios/finding.hpp"
#include "ringside/scenarios/library.hpp"
#include "ringside/scenarios/result.hpp"
#include "ringside/scenarios/run.hpp"
#include "ringside/scenarios/scenario.hpp"

namespace ringside::scenarios {

// A route map, with what it inherits, checked by path::check. Stages and hops that it inherits are reported
// at its `based on` line, since their own lines are in another file.
std::optional<path::Path> load_path(std::string_view name_or_file, const Library&, Findings&);

// A profile, with what it inherits.
std::optional<path::Profile> load_profile(std::string_view name_or_file, const Library&, Findings&);

// What the command line says instead of the text.
struct Overrides {
  std::string path{};  // empty: the scenario's own
  std::string profile{};
  std::vector<std::pair<std::string, std::string>>
      set{};  // keys, or parameters of the study host's path; the last wins
  std::optional<Duration> duration{};
  std::optional<Vary> vary{};
  bool operator==(const Overrides&) const = default;
};

struct LoadedScenario {
  Scenario scenario{};
  Ingredients ingredients{};  // each host's path, its parameters set, and profile, which prices all it needs
};

std::optional<LoadedScenario> load_scenario(std::string_view name_or_file, const Overrides&, const Library&,
                                            Findings&);

// One Overrides for each value of the varied key, or only the given one when nothing varies.
std::vector<Overrides> points(const Scenario&, const Overrides&);

// The keys of the scenario and the parameters of its study host's path that are set, for the result file:
// numbers without a unit and path parameters (times in nanoseconds) as numbers, everything else as it was
// written. A key stands for the parameter of the same name that it sets.
Values parameters(const LoadedScenario&);

// "1,2,5" or "from..to/step", the step counted exactly in decimals: "0.1..0.5/0.1" has five values. All
// numbers of a range have the same unit. nullopt: neither, or more than 1000 values.
std::optional<std::vector<std::string>> varied_values(std::string_view);

// "key=1,2,5", the values as above.
std::optional<Vary> varied(std::string_view);

// Which kind of text a file is, by its top-level key.
std::optional<Kind> kind_of(const std::string& file, Findings&);

}  // namespace ringside::scenarios
