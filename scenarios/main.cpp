// The program `ringside`.
#include "command_line.hpp"

int main(int argc, char** argv) { return ringside::scenarios::command_line(argc, argv); }
