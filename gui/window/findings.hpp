// What is wrong with the texts of a scenario, as the window shows it.
#pragma once

#include <QString>

#include "ringside/path/describe.hpp"
#include "ringside/scenarios/finding.hpp"

namespace ringside::window {

// A line for each. In Chinese it begins with where it is and of what kind; the finding itself is in English.
QString text_of(const scenarios::Findings&, path::Language);

}  // namespace ringside::window
