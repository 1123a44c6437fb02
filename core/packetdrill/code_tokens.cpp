#include "code_tokens.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "characters.hpp"

namespace ringside::packetdrill {
namespace {

bool digit(char c) { return c >= '0' && c <= '9'; }
bool name_character(char c) {
  return digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

std::size_t run(std::string_view text, bool (*belongs)(char)) {
  const auto end = std::find_if_not(text.begin(), text.end(), belongs);
  return static_cast<std::size_t>(end - text.begin());
}

}  // namespace

std::string described(const CodeToken& token) {
  switch (token.kind) {
    case CodeTokenKind::line_end: return "the end of the line";
    case CodeTokenKind::end: return "the end of the block";
    case CodeTokenKind::string:
    case CodeTokenKind::formatted: return fmt::format("the string '{}'", shown(token.text));
    case CodeTokenKind::name:
    case CodeTokenKind::integer:
    case CodeTokenKind::fraction:
    case CodeTokenKind::symbol: break;
  }
  return fmt::format("'{}'", shown(token.text));
}

CodeToken CodeLexer::next() {
  CodeToken token = scan();
  token.end = offset_;
  return token;
}

CodeToken CodeLexer::scan() {
  skip_blanks();
  CodeToken token{.begin = offset_, .at = at_};
  if (rest().empty()) return token;
  const char first = rest().front();
  if (first == '\n') {
    advance(1);
    token.kind = CodeTokenKind::line_end;
    return token;
  }
  if (first == '"' || first == '\'') return string(token);
  if (digit(first) || (first == '.' && rest().size() > 1 && digit(rest()[1]))) return number(token);
  if (!name_character(first)) return symbol(token);
  token.kind = CodeTokenKind::name;
  token.text = advance(run(rest(), name_character));
  const bool string_follows = rest().starts_with('"') || rest().starts_with('\'');
  if (string_follows && (token.text == "f" || token.text == "F")) {
    token = string(token);
    token.kind = CodeTokenKind::formatted;
  } else if (string_follows)
    fail(Fault::unsupported, token.at, fmt::format("unsupported: {}-strings", shown(token.text)));
  return token;
}

void CodeLexer::skip_blanks() {
  const auto no_line_end = [](char c) { return c != '\n'; };
  const auto blank = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\f'; };
  for (;;) {
    if (rest().empty()) return;
    const char first = rest().front();
    if (blank(first))
      advance(1);
    else if (first == '#')
      advance(run(rest(), no_line_end));
    else if (first == '\n' && parentheses_ > 0)
      advance(1);
    else if (rest().starts_with("\\\n"))
      advance(2);
    else if (rest().starts_with("\\\r\n"))
      advance(3);
    else
      return;
  }
}

CodeToken CodeLexer::number(CodeToken token) {
  const auto belongs = [](char c) { return name_character(c) || c == '.'; };
  token.kind = CodeTokenKind::integer;
  std::size_t length = run(rest(), belongs);
  std::string_view text = rest().substr(0, length);
  const bool hexadecimal = text.starts_with("0x") || text.starts_with("0X");
  if (!hexadecimal && text.find_first_of(".eE") != text.npos) {
    token.kind = CodeTokenKind::fraction;
    const bool sign_follows =
        rest().substr(length).starts_with('+') || rest().substr(length).starts_with('-');
    if (sign_follows && (text.back() == 'e' || text.back() == 'E'))  // 1e-3
      length += 1 + run(rest().substr(length + 1), belongs);
  }
  token.text = advance(length);
  return token;
}

CodeToken CodeLexer::string(CodeToken token) {
  const char quote = rest().front();
  const std::string_view three = rest().substr(0, 3);
  if (three.size() == 3 && three[1] == quote && three[2] == quote)
    fail(Fault::unsupported, token.at, "unsupported: strings in three quotes");
  advance(1);
  token.text_at = at_;
  std::size_t length = 0;
  while (length < rest().size() && rest()[length] != quote && rest()[length] != '\n')
    length += rest()[length] == '\\' ? 2 : 1;
  if (length >= rest().size() || rest()[length] != quote)
    fail(Fault::malformed, token.at,
         fmt::format("expected {} behind the string, found the end of the line", quote));
  token.kind = CodeTokenKind::string;
  token.text = advance(length);
  advance(1);
  return token;
}

// The longest one; whatever else there is, is a symbol of its own, for the parser to refuse.
CodeToken CodeLexer::symbol(CodeToken token) {
  token.kind = CodeTokenKind::symbol;
  std::size_t length = 1;
  for (const std::string_view known : {"//=", "**=", "<<=", ">>=", "==", "!=", "<=", ">=", "<<", ">>", "//",
                                       "**",  "+=",  "-=",  "*=",  "/=", "%=", "&=", "|=", "^=", ":=", "->"})
    if (rest().starts_with(known)) length = std::max(length, known.size());
  if (length == 1) length += run(rest().substr(1), continues_character);
  token.text = advance(length);
  if (token.text == "(" || token.text == "[") ++parentheses_;
  if ((token.text == ")" || token.text == "]") && parentheses_ > 0) --parentheses_;
  return token;
}

std::string_view CodeLexer::advance(std::size_t bytes) {
  const std::string_view passed = rest().substr(0, bytes);
  at_ = behind(at_, passed);
  offset_ += passed.size();
  return passed;
}

void CodeLexer::fail(Fault fault, Position at, const std::string& message) const {
  throw ScriptError{fault, file_, at, message};
}

}  // namespace ringside::packetdrill
