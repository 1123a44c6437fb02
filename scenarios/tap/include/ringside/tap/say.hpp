// Where the programs report to: a sentence each time, for whoever runs them.
#pragma once

#include <functional>
#include <string_view>

namespace ringside::tap {

using Say = std::function<void(std::string_view sentence)>;

}  // namespace ringside::tap
