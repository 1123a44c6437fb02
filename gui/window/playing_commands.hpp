// The commands that move the moment: playing, stepping, and how fast.
#pragma once

#include <functional>

#include <QMenu>

#include "window/commands.hpp"
#include "window/session.hpp"

namespace ringside::window {

// `faster`: by so many steps of the speed's slider.
void add_playing_commands(Commands&, QMenu*, Session&, const std::function<void(int steps)>& faster);

}  // namespace ringside::window
