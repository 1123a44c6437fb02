// Ctrl-C ends a run in good order, with what it has found out so far; a second one ends the program.
#pragma once

namespace ringside::scenarios {

void catch_interrupts();
bool interrupted();

}  // namespace ringside::scenarios
