// Everything that a recording, and what it was made of, is told with, in both languages: by an id, with named
// places for what differs.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ringside/path/describe.hpp"

namespace ringside::replay {

struct Entry {
  std::string_view id{};  // queue
  std::string_view en{};  // Packet {packet} waits in the {queue}; it is the {place}.
  std::string_view zh_CN{};
};

const std::vector<Entry>& catalogue();
const Entry* find(std::string_view id);  // nullptr: there is none

// The names between braces, in the order of the text.
std::vector<std::string_view> placeholders(std::string_view text);

// What takes the place of each placeholder.
using Values = std::vector<std::pair<std::string_view, std::string>>;

// The entry with its places taken; Language::both: a line each. Throws std::logic_error for an id that is not
// there, and for a place that nothing takes.
std::string say(std::string_view id, path::Language, const Values& = {});

}  // namespace ringside::replay
