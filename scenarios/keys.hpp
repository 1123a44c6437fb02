// The `keys:` of a scenario, and `$name`, which their values replace.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "fields.hpp"
#include "ringside/scenarios/load.hpp"

namespace ringside::scenarios {

// One name that a text may use as `$name`.
struct Replacement {
  std::string name{};
  std::string text{};
  std::string note{};  // for messages about the text: "from --set rate"
  bool from_option = false;
};

// Reads `keys:` (nullptr: there are none) and gives each its value: what --set says, else its default.
// `replacements` grows by them. What --set says of other names is returned: those are parameters of a path,
// or errors.
std::vector<std::pair<std::string, std::string>> read_keys(const TextNode* keys, const Source& source,
                                                           const Overrides& overrides, Scenario& scenario,
                                                           std::vector<Replacement>& replacements);

// Puts the texts in the place of every scalar that is a `$name` as a whole, except under `keys:`.
void replace_names(TextNode& root, const std::vector<Replacement>& replacements, const Source& source);

}  // namespace ringside::scenarios
