#include "characters.hpp"

#include <fmt/format.h>

namespace ringside::packetdrill {

Position behind(Position at, std::string_view passed) {
  for (const char c : passed) {
    if (c == '\n')
      at = {.line = at.line + 1, .column = 1};
    else if (!continues_character(c))
      ++at.column;
  }
  return at;
}

std::string shown(std::string_view text, std::size_t most) {
  const bool cut = text.size() > most;
  if (cut) {
    while (most > 0 && continues_character(text[most])) --most;
    text = text.substr(0, most);
  }
  std::string result;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    result += byte < 0x20 || byte == 0x7F ? fmt::format("\\x{:02x}", byte) : std::string(1, c);
  }
  return cut ? result + "..." : result;
}

}  // namespace ringside::packetdrill
