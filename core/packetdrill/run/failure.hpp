// Why a script ends before its end.
#pragma once

#include <string>

#include "ringside/packetdrill/error.hpp"

namespace ringside::packetdrill {

// Thrown where the place in the script is not known; the event under way has it.
struct Failure {
  std::string message{};
  Fault fault = Fault::failed;
};
[[noreturn]] inline void fail(std::string message) { throw Failure{std::move(message)}; }
[[noreturn]] inline void unsupported(const std::string& what) {
  throw Failure{"unsupported: " + what, Fault::unsupported};
}

}  // namespace ringside::packetdrill
