// What is wrong with a script, where, and whose fault it is.
#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

namespace ringside::packetdrill {

// A place in a script. Columns count characters (of UTF-8), from 1.
struct Position {
  int line = 1;
  int column = 1;
  bool operator==(const Position&) const = default;
};

enum class Fault : std::uint8_t {
  malformed,    // no script, or one that contradicts itself
  unsupported,  // understood, but no part of this simulator: such a script is skipped, it has not failed
  failed,       // it ran, and something was not as it says
};

// what() is "file:line:column: message", the message "expected X, found Y" or "unsupported: X".
class ScriptError : public std::runtime_error {
 public:
  ScriptError(Fault fault, std::string_view file, Position at, std::string message);

  Fault fault() const { return fault_; }
  const std::string& file() const { return file_; }
  Position at() const { return at_; }
  const std::string& message() const { return message_; }

 private:
  Fault fault_;
  std::string file_;
  Position at_;
  std::string message_;
};

}  // namespace ringside::packetdrill
