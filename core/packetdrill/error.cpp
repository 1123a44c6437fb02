#include "ringside/packetdrill/error.hpp"

#include <fmt/format.h>

#include <utility>

namespace ringside::packetdrill {

ScriptError::ScriptError(Fault fault, std::string_view file, Position at, std::string message)
    : std::runtime_error{fmt::format("{}:{}:{}: {}", file, at.line, at.column, message)},
      fault_{fault},
      file_{file},
      at_{at},
      message_{std::move(message)} {}

}  // namespace ringside::packetdrill
