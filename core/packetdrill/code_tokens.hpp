// The tokens of a code block. Line ends between parentheses mean nothing, nor do those behind a backslash.
// How far in a line begins matters to what depends on an `if` alone: the parser looks for itself.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "ringside/packetdrill/script.hpp"

namespace ringside::packetdrill {

enum class CodeTokenKind : std::uint8_t { name, integer, fraction, string, formatted, symbol, line_end, end };

struct CodeToken {
  CodeTokenKind kind = CodeTokenKind::end;
  std::string_view text{};         // of a string without quotes
  Position text_at{};              // where that begins
  std::size_t begin = 0, end = 0;  // offsets in the block
  Position at{};

  bool is(std::string_view name_or_symbol) const {
    return (kind == CodeTokenKind::name || kind == CodeTokenKind::symbol) && text == name_or_symbol;
  }
};
std::string described(const CodeToken& token);

class CodeLexer {
 public:
  CodeLexer(const Code& code, std::string_view file) : text_{code.text}, file_{file}, at_{code.at} {}

  CodeToken next();
  [[noreturn]] void fail(Fault fault, Position at, const std::string& message) const;

 private:
  CodeToken scan();
  void skip_blanks();
  CodeToken number(CodeToken token);
  CodeToken string(CodeToken token);
  CodeToken symbol(CodeToken token);
  std::string_view rest() const { return text_.substr(offset_); }
  std::string_view advance(std::size_t bytes);

  std::string_view text_;
  std::string_view file_;
  Position at_;
  std::size_t offset_ = 0;
  int parentheses_ = 0;
};

}  // namespace ringside::packetdrill
