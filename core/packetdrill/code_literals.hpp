// What the numbers and strings of code blocks stand for.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "code_value.hpp"

namespace ringside::packetdrill {

// 12, 0x1f. nullopt: no integer. Refuses what has more than 64 bits.
std::optional<std::int64_t> integer_literal(std::string_view text);

// What stands between quotes, without its backslashes. Refuses escapes that it does not know.
std::string string_literal(std::string_view text);

}  // namespace ringside::packetdrill
