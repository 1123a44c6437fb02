// Findings as lines of text, for comparison.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "ringside/scenarios/finding.hpp"

namespace ringside::scenarios {

// Each finding as the program prints it, with the name of the file instead of its whole path.
inline std::vector<std::string> lines(const Findings& findings) {
  std::vector<std::string> all;
  for (Finding finding : findings.in_reading_order()) {
    finding.file = std::filesystem::path{finding.file}.filename().string();
    all.push_back(to_string(finding));
  }
  return all;
}

using Lines = std::vector<std::string>;

}  // namespace ringside::scenarios
