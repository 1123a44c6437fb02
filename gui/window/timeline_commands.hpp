// The commands of the timeline: what it shows, and the markers in it.
#pragma once

#include <QMenu>

#include "window/commands.hpp"
#include "window/session.hpp"

namespace ringside::window {

void add_timeline_commands(Commands&, QMenu*, Session&);

}  // namespace ringside::window
