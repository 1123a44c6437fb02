// Says more about what is under the mouse; otherwise about the stage at which the last event was.
#pragma once

#include "window/stage_pane.hpp"

namespace ringside::window {

// False: there is nothing to say more about.
bool explain(StagePane&);

}  // namespace ringside::window
