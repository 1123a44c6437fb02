// Scripts of one event, for tests: what follows the time 0.
#pragma once

#include <string>
#include <string_view>

#include "message_of.hpp"
#include "ringside/packetdrill/text.hpp"

namespace ringside::packetdrill::test {

inline Event event(std::string_view action) {
  return parse_script("0 " + std::string{action}, "a.pkt").events.at(0);
}

// The action as it is read, printed again. What is printed is read as the same.
inline std::string read(std::string_view action) {
  const std::string once = text_of(event(action)).substr(2);
  const std::string twice = text_of(event(once)).substr(2);
  return once == twice ? once : once + " IS NOT " + twice;
}

// An action that is printed as it was written: "" if so, else what it was read as.
inline std::string misread(std::string_view action) {
  const std::string text = read(action);
  return text == action ? "" : text;
}

// Without the file and the line, which is the first: "3: expected ...".
inline std::string refused(std::string_view action) {
  const std::string message = message_of([&] { event(action); });
  return message.starts_with("a.pkt:1:") ? message.substr(8) : message;
}

}  // namespace ringside::packetdrill::test
