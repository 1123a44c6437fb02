// A view of a scenario or a recording as a file.
#pragma once

#include "options.hpp"
#include "ringside/scenarios/library.hpp"

namespace ringside::gui {

// Runs or opens what is asked for, and writes one view of it. Needs no display. Throws Wrong.
void export_view(const Wishes&, const scenarios::Library&);

}  // namespace ringside::gui
