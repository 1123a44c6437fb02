#include "reader.hpp"

#include <fmt/format.h>

#include "numbers.hpp"

namespace ringside::packetdrill {

const Token& Reader::peek(std::size_t ahead) {
  while (ahead_.size() <= ahead) ahead_.push_back(lexer_.next());
  return ahead_[ahead];
}

Token Reader::take() {
  Token token = peek();
  ahead_.pop_front();
  return token;
}

bool Reader::accept(std::string_view word_or_symbol) {
  if (!at(word_or_symbol)) return false;
  ahead_.pop_front();
  return true;
}

void Reader::expect(std::string_view word_or_symbol) {
  if (!accept(word_or_symbol)) expected(fmt::format("'{}'", word_or_symbol));
}

std::string Reader::word(std::string_view what) {
  if (!at(TokenKind::word)) expected(what);
  return std::string{take().text};
}

std::uint64_t Reader::number(std::string_view what, std::uint64_t most) {
  if (!at(TokenKind::integer)) expected(what);
  const auto value = parse_integer(peek().text);
  if (!value || *value < 0 || static_cast<std::uint64_t>(*value) > most)
    expected(fmt::format("{} of at most {}", what, most));
  take();
  return static_cast<std::uint64_t>(*value);
}

std::int64_t Reader::integer(std::string_view what) {
  if (!at(TokenKind::integer)) expected(what);
  const auto value = parse_integer(peek().text);
  if (!value) expected(fmt::format("{} of 64 bits", what));
  take();
  return *value;
}

void Reader::expected(std::string_view what) {
  malformed(peek().at, fmt::format("expected {}, found {}", what, described(peek())));
}

void Reader::malformed(Position at, const std::string& message) const {
  throw ScriptError{Fault::malformed, lexer_.file(), at, message};
}

void Reader::unsupported(Position at, const std::string& what) const {
  throw ScriptError{Fault::unsupported, lexer_.file(), at, "unsupported: " + what};
}

Reader::Nested::Nested(Reader& reader) : reader_{reader} {
  if (reader.nesting_ >= max_nesting)
    reader.unsupported(reader.peek().at, fmt::format("nesting deeper than {} levels", max_nesting));
  ++reader.nesting_;
}

}  // namespace ringside::packetdrill
