// Runs a program and keeps what it says.
#pragma once

#include <string>
#include <vector>

namespace ringside::scenarios {

struct Outcome {
  int exit = -1;  // -1: ended by a signal
  std::string out{};
  std::string err{};
};

// The arguments after the program's name; `environment` adds to ours ("NAME=value").
Outcome run_child(const std::string& program, const std::vector<std::string>& arguments,
                  const std::vector<std::string>& environment);

}  // namespace ringside::scenarios
