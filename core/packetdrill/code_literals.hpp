// What the numbers and strings of code blocks stand for.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "code_value.hpp"

namespace ringside::packetdrill {

// 12, 0x1f. nullopt: no integer. Refuses what has more than 64 bits.
std::optional<std::int64_t> integer_literal(std::string_view text);

// What stands between quotes, without its backslashes. Refuses escapes that it does not know.
std::string string_literal(std::string_view text);

// f'cwnd {tcpi_snd_cwnd} of {n:4d}': the format 'cwnd %s of %4d', and the expressions whose values it has.
struct FormattedString {
  struct Part {
    std::string expression{};
    std::size_t offset = 0;  // in what stands between the quotes
  };
  std::string format{};
  std::vector<Part> parts{};
};
FormattedString formatted_literal(std::string_view text);

}  // namespace ringside::packetdrill
