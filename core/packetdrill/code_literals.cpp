#include "code_literals.hpp"

#include <fmt/format.h>

#include "characters.hpp"
#include "numbers.hpp"

namespace ringside::packetdrill {

// Python has no decimal numbers that begin with a 0.
std::optional<std::int64_t> integer_literal(std::string_view text) {
  const bool hexadecimal = text.starts_with("0x") || text.starts_with("0X");
  const std::string_view digits = hexadecimal ? text.substr(2) : text;
  const bool octal = !hexadecimal && digits.starts_with('0') && digits.find_first_not_of('0') != digits.npos;
  const std::string_view known = hexadecimal ? "0123456789abcdefABCDEF" : "0123456789";
  if (octal || digits.empty() || digits.find_first_not_of(known) != digits.npos) return std::nullopt;
  const auto value = parse_integer(text);
  if (!value) refuse_unsupported("integers of more than 64 bits");
  return value;
}

std::string string_literal(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\' || i + 1 == text.size()) {
      result += text[i];
      continue;
    }
    switch (const char c = text[++i]) {
      case 'n': result += '\n'; break;
      case 't': result += '\t'; break;
      case 'r': result += '\r'; break;
      case '\\':
      case '\'':
      case '"': result += c; break;
      default: refuse_unsupported(fmt::format("the escape '\\{}'", shown(std::string_view{&c, 1})));
    }
  }
  return result;
}

}  // namespace ringside::packetdrill
