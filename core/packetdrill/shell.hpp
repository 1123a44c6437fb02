// The shell's syntax, as far as scripts use it: words, quotes, $((arithmetic)), redirections, and what
// separates commands.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ringside/packetdrill/script.hpp"

namespace ringside::packetdrill {

struct ShellCommand {
  std::vector<std::string> words{};     // without quotes; $PPID is always written ${PPID}
  std::optional<std::string> output{};  // the file that standard output goes to
  bool if_failed = false;               // behind `||`
  bool filters = false;                 // behind `|`: reads what the one before prints
  Position at{};
};

std::vector<ShellCommand> parse_shell(const Command& command, std::string_view file);

}  // namespace ringside::packetdrill
