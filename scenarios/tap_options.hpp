// What ringside tap was asked for, from its texts.
#pragma once

#include "command.hpp"
#include "ringside/tap/run.hpp"

namespace ringside::scenarios {

// Findings: what cannot be understood, all at once.
tap::Options tap_options(const TapRequest& request, Findings& findings);

}  // namespace ringside::scenarios
