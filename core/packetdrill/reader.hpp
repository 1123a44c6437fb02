// What the parsers of all parts of the language share: the next tokens, and how to refuse them.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>

#include "lexer.hpp"

namespace ringside::packetdrill {

inline constexpr int max_nesting = 64;  // of brackets and braces

class Reader {
 public:
  explicit Reader(Lexer lexer) : lexer_{std::move(lexer)} {}

  const Token& peek(std::size_t ahead = 0);
  Token take();
  bool at(std::string_view word_or_symbol) { return peek().is(word_or_symbol); }
  bool at(TokenKind kind) { return peek().kind == kind; }
  bool accept(std::string_view word_or_symbol);
  void expect(std::string_view word_or_symbol);  // "expected ')', found 'x'"

  std::string word(std::string_view what);
  // An integer from 0 to `most`: "expected a port of at most 65535, found '70000'".
  std::uint64_t number(std::string_view what, std::uint64_t most);
  std::uint16_t number16(std::string_view what) {
    return static_cast<std::uint16_t>(number(what, UINT16_MAX));
  }
  std::uint32_t number32(std::string_view what) {
    return static_cast<std::uint32_t>(number(what, UINT32_MAX));
  }
  std::int64_t integer(std::string_view what);

  // Refuses the next token.
  [[noreturn]] void expected(std::string_view what);
  [[noreturn]] void malformed(Position at, const std::string& message) const;
  [[noreturn]] void unsupported(Position at, const std::string& what) const;

  // While it lives one more bracket is open.
  class Nested {
   public:
    explicit Nested(Reader& reader);
    Nested(const Nested&) = delete;
    Nested& operator=(const Nested&) = delete;
    ~Nested() { --reader_.nesting_; }

   private:
    Reader& reader_;
  };

 private:
  Lexer lexer_;
  std::deque<Token> ahead_{};
  int nesting_ = 0;
};

}  // namespace ringside::packetdrill
