// The characters of a script, in UTF-8: where they are, and what messages repeat of them.
#pragma once

#include <string>
#include <string_view>

#include "ringside/packetdrill/error.hpp"

namespace ringside::packetdrill {

// Is it no first byte of a character?
constexpr bool continues_character(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

// The place behind `passed`, which begins at `at`.
Position behind(Position at, std::string_view passed);

// At most so many bytes of it (and no half character), control characters as \x01.
std::string shown(std::string_view text, std::size_t most = 40);

}  // namespace ringside::packetdrill
