// Refuses a path that cannot work, and says everything that is wrong with it at once.
#pragma once

#include <string>
#include <vector>

#include "ringside/path/path.hpp"
#include "ringside/path/profile.hpp"

namespace ringside::path {

struct Finding {
  Origin origin{};
  std::string message{};  // what is wrong, and what was expected
};

// Empty: the path can work.
std::vector<Finding> check(const Path&);

// The operations that the path (or any machine) needs and the profile does not price, each once, in path
// order.
std::vector<std::string> missing_operations(const Path&, const Profile&);

}  // namespace ringside::path
