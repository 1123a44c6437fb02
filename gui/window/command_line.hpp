// The command that opens what is seen: for a colleague, a lecture's notes, a report.
#pragma once

#include <QString>

#include "window/session.hpp"

namespace ringside::window {

// "ringside-gui roads --path dpdk --at 1042 --packet 17", for a shell; empty: nothing is open.
QString command_line_of(Session&);

}  // namespace ringside::window
