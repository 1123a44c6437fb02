// Words beside the connectors: verdicts, budgets, the names of notifications.
#pragma once

#include "ringside/path/drawing.hpp"

namespace ringside::path {

// Fills Drawing::labels. A label never lies on a box, a queue, a toll or another label, and crosses as few
// lines as it can.
void place_labels(const Path&, Language, Drawing&);

}  // namespace ringside::path
