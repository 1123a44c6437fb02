// The text of the error that something ends with.
#pragma once

#include <string>

#include "ringside/packetdrill/error.hpp"

namespace ringside::packetdrill::test {

template <class Action>
std::string message_of(Action action) {
  try {
    action();
  } catch (const ScriptError& error) {
    return error.what();
  }
  return "no error";
}

}  // namespace ringside::packetdrill::test
