// What is wrong with the texts: all of it at once, each finding with its place.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "ringside/path/path.hpp"

namespace ringside::scenarios {

enum class Fault : std::uint8_t {
  rule,  // it can be read, and makes no sense
  syntax,
  value,  // another was expected there
  missing_key,
  unknown_key,
  unreadable  // the file itself
};

struct Finding {
  std::string file{};
  path::Origin origin{};  // line 0: no line of the file, but the file as a whole (or an option such as --set)
  std::string message{};
  Fault fault = Fault::rule;
  bool operator==(const Finding&) const;
};

// "file:line:col: error: message", as compilers write it; columns count bytes from 1.
std::string to_string(const Finding&);

class Findings {
 public:
  // A finding that is already known is not repeated: two hosts may run the same faulty path.
  void add(std::string_view file, path::Origin, std::string message, Fault = Fault::rule);
  void add(const Findings& others);
  bool empty() const { return all_.empty(); }
  std::vector<Finding> in_reading_order()
      const;  // by file in the order of their first finding, then by position

 private:
  std::vector<Finding> all_{};
};

}  // namespace ringside::scenarios
