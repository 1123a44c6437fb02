// From the text of a script to its tokens, one at a time.
//
// The longest match wins: `+.1...0.35` is `+` `.1` `...` `0.35`. What is between tokens (blanks, line ends
// and comments) means nothing. A character that begins no token is a symbol of its own, so that the parser,
// which knows what was expected, refuses it. Tokens are views: the text and the given defines must outlive
// them.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ringside/packetdrill/error.hpp"

namespace ringside::packetdrill {

// Of the script, and of what its defines put into it: bounds memory on hostile input.
inline constexpr std::size_t max_script_size = std::size_t{4} << 20;

enum class TokenKind : std::uint8_t {
  integer,  // -12, 0x1f
  decimal,  // .05, -1.25
  word,     // [A-Za-z0-9_]+ that is no number
  string,   // "...", with its backslashes still in it
  command,  // `...`
  code,     // %{ ... }%, without the blanks around it
  option,   // --name or --name=value
  symbol,   // ... or one character
  end,
};

struct Token {
  TokenKind kind = TokenKind::end;
  std::string_view text{};                  // without its quotes; of an option its name, without --
  Position at{};                            // of a command or code: where its text begins
  bool joined = false;                      // no blank between this token and the one before
  std::optional<std::string_view> value{};  // of an option, quotes included

  // Is it this word or symbol? A string never is.
  bool is(std::string_view word_or_symbol) const {
    return (kind == TokenKind::word || kind == TokenKind::symbol) && text == word_or_symbol;
  }
};

// For messages: 'word', "string", the end of the script.
std::string described(const Token& token);

// What backslashes protect, without them.
std::string unescaped(std::string_view text);

class Lexer {
 public:
  // Each of `defines` is NAME=value, as in --define; they win over those of the script.
  Lexer(std::string_view text, std::string_view file, const std::vector<std::string>& defines = {});

  Token next();
  const std::string& file() const { return file_; }

 private:
  bool skip_blanks();  // was there something?
  void skip_comment(std::string_view end, bool to_the_end_of_line);
  Token quoted(TokenKind kind, std::string_view end, std::string_view what);
  Token option();
  std::string_view option_value();
  Token plain();
  Token replaced(Token word);
  void define(std::string_view definition, Position at, bool from_outside);

  std::string_view rest() const { return text_.substr(offset_); }
  std::string_view advance(std::size_t bytes);
  [[noreturn]] void unterminated(Position opened, std::string_view what, std::string_view end) const;

  std::string_view text_;
  std::string file_;
  std::size_t offset_ = 0;
  Position at_{};
  struct Define {
    Token token{};
    bool from_outside = false;
  };
  std::map<std::string, Define, std::less<>> defines_{};
  std::size_t inserted_ = 0;  // bytes that defines have put in
};

}  // namespace ringside::packetdrill
