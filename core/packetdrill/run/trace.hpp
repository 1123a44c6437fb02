// What happened to the stack, a line each, in its order. A packet that was sent is noted only when it is
// looked at: only then does the script have numbers for it.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace ringside::packetdrill {

class Trace {
 public:
  // `order`: Testbed::next().
  void note(std::uint64_t order, std::string line) { lines_.insert_or_assign(order, std::move(line)); }
  const std::string& at(std::uint64_t order) const { return lines_.at(order); }

  // Up to that one; nullopt: all.
  std::vector<std::string> lines(std::optional<std::uint64_t> last) const {
    std::vector<std::string> lines;
    for (const auto& [order, line] : lines_)
      if (order <= last.value_or(order)) lines.push_back(line);
    return lines;
  }

 private:
  std::map<std::uint64_t, std::string> lines_{};
};

}  // namespace ringside::packetdrill
