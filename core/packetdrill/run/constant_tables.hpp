// The tables that constant() looks into.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace ringside::packetdrill {

struct Constant {
  std::string_view name;
  std::int64_t value;
};
std::span<const Constant> option_constants();  // SO_RCVBUF, TCP_NODELAY, ...

}  // namespace ringside::packetdrill
