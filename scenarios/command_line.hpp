// The program `ringside` as a function.
#pragma once

namespace ringside::scenarios {

// Parses the arguments, carries out the subcommand, and returns the exit code.
int command_line(int argc, char** argv);

}  // namespace ringside::scenarios
