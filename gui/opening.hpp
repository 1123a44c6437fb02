// What the window shows at first.
#pragma once

#include "options.hpp"
#include "window/main_window.hpp"

namespace ringside::gui {

// Opens it; what is asked to be seen of it is shown as soon as it is there.
void open_in(window::MainWindow&, const Wishes&);

}  // namespace ringside::gui
