// Profiles and scenarios explained; paths explain themselves (path/describe.hpp).
#pragma once

#include <string>

#include "ringside/path/describe.hpp"
#include "ringside/path/profile.hpp"
#include "ringside/replay/catalogue.hpp"
#include "ringside/scenarios/scenario.hpp"

namespace ringside::scenarios {

std::string describe_text(const path::Profile&, path::Language);
std::string describe_json(const path::Profile&);
std::string describe_text(const Scenario&, path::Language);
std::string describe_json(const Scenario&);

// The text in a language, or in both, one after the other.
std::string in(path::Language, const path::Text&);

// A heading or a fact, from the catalogue; where both languages are told, in English: the texts are in both.
std::string worded(std::string_view id, path::Language, const replay::Values& = {});

}  // namespace ringside::scenarios
