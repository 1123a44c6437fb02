// The commands of a comparison: how the sides keep step, and which of them is shown alone.
#pragma once

#include <functional>

#include "window/commands.hpp"
#include "window/session.hpp"

namespace ringside::window {

// `say`: to the user, in the status bar.
void add_comparison_commands(Commands&, QMenu*, Session&, const std::function<void(const QString&)>& say);

}  // namespace ringside::window
