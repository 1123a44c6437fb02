#include "lexer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "characters.hpp"

namespace ringside::packetdrill {
namespace {

bool blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v'; }
bool digit(char c) { return c >= '0' && c <= '9'; }
bool hex_digit(char c) { return digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }
bool letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool word_character(char c) { return digit(c) || letter(c); }

std::size_t run(std::string_view text, std::size_t from, bool (*belongs)(char)) {
  std::size_t at = from;
  while (at < text.size() && belongs(text[at])) ++at;
  return at - from;
}

// The lengths of what the beginning of the text may be; 0: it is none.
std::size_t decimal_length(std::string_view text) {
  const std::size_t sign = text.starts_with('-') ? 1 : 0;
  const std::size_t point = sign + run(text, sign, digit);
  if (point >= text.size() || text[point] != '.') return 0;
  const std::size_t fraction = run(text, point + 1, digit);
  return fraction == 0 ? 0 : point + 1 + fraction;
}

std::size_t integer_length(std::string_view text) {
  if (text.starts_with("0x") || text.starts_with("0X")) {
    const std::size_t digits = run(text, 2, hex_digit);
    if (digits > 0) return 2 + digits;
  }
  const std::size_t sign = text.starts_with('-') ? 1 : 0;
  const std::size_t digits = run(text, sign, digit);
  return digits == 0 ? 0 : sign + digits;
}

std::size_t symbol_length(std::string_view text) {
  if (text.starts_with("...")) return 3;
  return 1 + run(text, 1, continues_character);
}

std::string_view without_blanks(std::string_view text) {
  while (!text.empty() && blank(text.back())) text.remove_suffix(1);
  return text;
}

bool within(std::string_view text, char quote) {
  return text.size() >= 2 && text.front() == quote && text.back() == quote;
}

// What a define stands for follows from how its value is written; the end: it is nothing that a token could
// be.
Token value_of(std::string_view value) {
  if (within(value, '"')) return {.kind = TokenKind::string, .text = value.substr(1, value.size() - 2)};
  if (within(value, '`')) return {.kind = TokenKind::command, .text = value.substr(1, value.size() - 2)};
  if (integer_length(value) == value.size()) return {.kind = TokenKind::integer, .text = value};
  if (decimal_length(value) == value.size()) return {.kind = TokenKind::decimal, .text = value};
  if (run(value, 0, word_character) == value.size()) return {.kind = TokenKind::word, .text = value};
  return {};
}

}  // namespace

std::string described(const Token& token) {
  switch (token.kind) {
    case TokenKind::string: return fmt::format("\"{}\"", shown(token.text));
    case TokenKind::command: return fmt::format("`{}`", shown(token.text));
    case TokenKind::code: return "a code block";
    case TokenKind::option: return fmt::format("'--{}'", shown(token.text));
    case TokenKind::end: return "the end of the script";
    case TokenKind::integer:
    case TokenKind::decimal:
    case TokenKind::word:
    case TokenKind::symbol: break;
  }
  return fmt::format("'{}'", shown(token.text));
}

std::string unescaped(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\' && i + 1 < text.size()) ++i;
    result += text[i];
  }
  return result;
}

Lexer::Lexer(std::string_view text, std::string_view file, const std::vector<std::string>& defines)
    : text_{text}, file_{file} {
  if (text.size() > max_script_size)
    throw ScriptError{Fault::unsupported, file_, at_,
                      fmt::format("unsupported: scripts of more than {} bytes", max_script_size)};
  for (const std::string& definition : defines) define(definition, at_, true);
}

Token Lexer::next() {
  const bool joined = !skip_blanks() && offset_ > 0;
  Token token = rest().empty()             ? Token{.at = at_}
                : rest().starts_with('"')  ? quoted(TokenKind::string, "\"", "the string")
                : rest().starts_with('`')  ? quoted(TokenKind::command, "`", "the command")
                : rest().starts_with("%{") ? quoted(TokenKind::code, "}%", "the code block")
                : rest().starts_with("--") ? option()
                                           : plain();
  token.joined = joined;
  return token.kind == TokenKind::word ? replaced(token) : token;
}

bool Lexer::skip_blanks() {
  const std::size_t before = offset_;
  for (;;) {
    advance(run(text_, offset_, blank));
    if (rest().starts_with("//"))
      skip_comment("\n", true);
    else if (rest().starts_with("/*"))
      skip_comment("*/", false);
    else
      return offset_ > before;
  }
}

void Lexer::skip_comment(std::string_view end, bool to_the_end_of_line) {
  const Position opened = at_;
  advance(2);
  const std::size_t found = rest().find(end);
  if (found == rest().npos && !to_the_end_of_line) unterminated(opened, "the comment", end);
  advance(found == rest().npos ? rest().size() : found + end.size());
}

Token Lexer::quoted(TokenKind kind, std::string_view end, std::string_view what) {
  const Position opened = at_;
  advance(end.size());
  if (kind == TokenKind::code) advance(run(text_, offset_, blank));
  Token token{.kind = kind, .at = kind == TokenKind::string ? opened : at_};
  std::size_t length = 0;
  while (length < rest().size() && !rest().substr(length).starts_with(end))
    length += kind == TokenKind::string && rest()[length] == '\\' ? 2 : 1;
  if (length >= rest().size()) unterminated(opened, what, end);
  token.text = advance(length);
  if (kind == TokenKind::code) token.text = without_blanks(token.text);
  advance(end.size());
  return token;
}

// The value of an option ends at the next blank that is not in quotes; one on the other side of `=` is no
// part of it.
Token Lexer::option() {
  Token token{.kind = TokenKind::option, .at = at_};
  advance(2);
  token.text = advance(run(text_, offset_, word_character));
  const auto on_line = [](char c) { return c == ' ' || c == '\t'; };
  const std::size_t blanks = run(text_, offset_, on_line);
  if (rest().substr(blanks).starts_with('=')) {
    advance(blanks + 1);
    advance(run(text_, offset_, on_line));
    const Position at = at_;
    token.value = option_value();
    if (token.text == "define") define(*token.value, at, false);
  }
  return token;
}

std::string_view Lexer::option_value() {
  const std::size_t begin = offset_;
  while (!rest().empty() && !blank(rest().front())) {
    const char first = rest().front();
    if (first == '"')
      quoted(TokenKind::string, "\"", "the string");
    else if (first == '`')
      quoted(TokenKind::command, "`", "the command");
    else
      advance(1);
  }
  return text_.substr(begin, offset_ - begin);
}

Token Lexer::plain() {
  Token token{.at = at_};
  const std::size_t decimal = decimal_length(rest());
  const std::size_t integer = integer_length(rest());
  const std::size_t word = run(text_, offset_, word_character);
  std::size_t length = std::max({decimal, integer, word});
  if (length == 0) {
    token.kind = TokenKind::symbol;
    length = symbol_length(rest());
  } else {
    token.kind = decimal == length   ? TokenKind::decimal
                 : integer == length ? TokenKind::integer
                                     : TokenKind::word;
  }
  token.text = advance(length);
  return token;
}

Token Lexer::replaced(Token word) {
  const auto found = defines_.find(word.text);
  if (found == defines_.end()) return word;
  const Token& value = found->second.token;
  inserted_ += value.text.size();
  if (inserted_ > max_script_size)
    throw ScriptError{Fault::unsupported, file_, word.at,
                      fmt::format("unsupported: defines that insert more than {} bytes", max_script_size)};
  word.kind = value.kind;
  word.text = value.text;
  return word;
}

void Lexer::define(std::string_view definition, Position at, bool from_outside) {
  const std::size_t equals = definition.find('=');
  const std::string_view name = definition.substr(0, equals);
  const bool is_word = !name.empty() && run(name, 0, word_character) == name.size();
  const Token value = equals == definition.npos || equals + 1 == definition.size()
                          ? Token{}
                          : value_of(definition.substr(equals + 1));
  if (!is_word || value.kind == TokenKind::end)
    throw ScriptError{Fault::malformed, file_, at,
                      fmt::format("expected NAME=value, found '{}'", shown(definition))};
  const auto known = defines_.find(name);
  if (known != defines_.end() && known->second.from_outside && !from_outside) return;
  defines_[std::string{name}] = {.token = value, .from_outside = from_outside};
}

std::string_view Lexer::advance(std::size_t bytes) {
  const std::string_view passed = text_.substr(offset_, bytes);
  at_ = behind(at_, passed);
  offset_ += passed.size();
  return passed;
}

void Lexer::unterminated(Position opened, std::string_view what, std::string_view end) const {
  throw ScriptError{Fault::malformed, file_, opened,
                    fmt::format("expected {} behind {}, found the end of the script", end, what)};
}

}  // namespace ringside::packetdrill
