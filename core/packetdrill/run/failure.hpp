// Why a script ends before its end.
#pragma once

#include <optional>
#include <string>

#include "ringside/packetdrill/error.hpp"

namespace ringside::packetdrill {

struct Failure {
  std::string message{};
  Fault fault = Fault::failed;
  std::optional<Position> at{};  // in the script; nullopt: where the event under way is
};
[[noreturn]] inline void fail(std::string message) { throw Failure{.message = std::move(message)}; }
[[noreturn]] inline void unsupported(const std::string& what) {
  throw Failure{.message = "unsupported: " + what, .fault = Fault::unsupported};
}

}  // namespace ringside::packetdrill
