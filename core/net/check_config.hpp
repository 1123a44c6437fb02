// The ranges of the parameters. Each check throws std::invalid_argument that names the parameter and its
// range.
#pragma once

#include <cstddef>

#include "ringside/net/config.hpp"

namespace ringside::net {

void check(const StackConfig& config);
void check(const InterfaceConfig& config);
void check_prefix_length(int length);
void check_interface(InterfaceId id, std::size_t interfaces);

}  // namespace ringside::net
