// What the session says, as scenes for the panels at the side: one packet, and the paths in figures.
#pragma once

#include <string>

#include "view/board.hpp"
#include "view/budget.hpp"
#include "view/bytes.hpp"
#include "view/journey.hpp"
#include "window/session.hpp"

namespace ringside::window {

// The selected packet, in the first recording. The scenes hold until the next packet is asked for.
view::JourneyScene journey_scene(Session&);
view::BytesScene bytes_scene(Session&, std::string pointed = {});

view::BoardScene board_scene(Session&);
view::BudgetScene budget_scene(Session&);

}  // namespace ringside::window
