#include "shell.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "arithmetic.hpp"
#include "characters.hpp"

namespace ringside::packetdrill {
namespace {

bool name_character(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

class Shell {
 public:
  Shell(const Command& command, std::string_view file) : text_{command.text}, file_{file}, at_{command.at} {}

  std::vector<ShellCommand> parse() {
    begin(false);
    while (!rest().empty()) part();
    finish();
    return std::move(commands_);
  }

 private:
  // One word, redirection or separator.
  void part() {
    if (accept(" ") || accept("\t") || accept("\r") || accept("\\\n")) return;
    if (rest().starts_with('#')) return skip_comment();
    if (accept("\n") || accept(";") || accept("&&")) return begin_next(false);
    if (accept("||")) return begin_next(true);
    if (rest().starts_with("&>")) return redirect("&", "&>");
    if (rest().starts_with('&')) unsupported("commands in the background");
    if (accept("|")) return begin_next(false), void(current_.filters = true);
    if (rest().starts_with('<')) unsupported("redirected input");
    if (rest().starts_with('(')) unsupported("subshells");
    if (rest().starts_with('>')) return redirect("1", ">");
    const Position at = at_;
    if (current_.words.empty()) current_.at = at;
    bool quoted = false;
    std::string text = word(quoted);
    const bool descriptor = !quoted && !text.empty() && text.find_first_not_of("0123456789") == text.npos;
    if (descriptor && rest().starts_with('>')) return redirect(text, ">");
    if (text.empty() && !quoted) unexpected();
    current_.words.push_back(std::move(text));
  }

  void begin(bool if_failed) { current_ = {.if_failed = if_failed, .at = at_}; }
  void begin_next(bool if_failed) {
    finish();
    begin(if_failed);
  }
  void finish() {
    if (!current_.words.empty()) commands_.push_back(std::move(current_));
  }

  // > FILE, >> FILE, 2> FILE, 2>&1, &> FILE
  void redirect(std::string_view descriptor, std::string_view sign) {
    accept(sign);
    accept(">");
    const bool to_descriptor = accept("&");
    while (accept(" ") || accept("\t")) {
    }
    bool quoted = false;
    const std::string target = word(quoted);
    if (target.empty()) unexpected();
    if (descriptor == "1" && !to_descriptor) current_.output = target;
  }

  // Up to a blank or an operator that is not in quotes. Is there a quote in it?
  std::string word(bool& quoted) {
    std::string result;
    while (!rest().empty()) {
      const char c = rest().front();
      if (std::string_view{" \t\r\n;&|<>()"}.find(c) != std::string_view::npos) break;
      quoted = quoted || c == '"' || c == '\'' || c == '\\';
      if (c == '\'')
        single_quotes(result);
      else if (c == '"')
        double_quotes(result);
      else if (c == '\\')
        backslash(result);
      else if (c == '$')
        dollar(result);
      else
        result += advance(1);
    }
    return result;
  }

  void single_quotes(std::string& result) {
    const Position opened = at_;
    advance(1);
    const std::size_t end = rest().find('\'');
    if (end == std::string_view::npos) unterminated(opened, "'");
    result += advance(end);
    advance(1);
  }

  void double_quotes(std::string& result) {
    const Position opened = at_;
    advance(1);
    while (!rest().starts_with('"')) {
      if (rest().empty()) unterminated(opened, "\"");
      const bool protects =
          rest().size() > 1 && std::string_view{"\\\"$`\n"}.find(rest()[1]) != std::string_view::npos;
      if (rest().starts_with('\\') && protects)
        backslash(result);
      else if (rest().starts_with('$'))
        dollar(result);
      else
        result += advance(1);
    }
    advance(1);
  }

  void backslash(std::string& result) {
    if (accept("\\\n")) return;
    advance(1);
    result += advance(1);
  }

  void dollar(std::string& result) {
    if (rest().starts_with("$((")) return arithmetic(result);
    if (rest().starts_with("$(")) unsupported("the output of commands");
    const bool braces = rest().starts_with("${");
    const Position at = at_;
    std::string_view name = rest().substr(braces ? 2 : 1);
    const auto end = std::find_if_not(name.begin(), name.end(), name_character);
    name = name.substr(0, static_cast<std::size_t>(end - name.begin()));
    advance(name.size() + (braces ? 2 : 1));
    const bool closed = !braces || accept("}");
    if (!closed || name != "PPID") fail(Fault::unsupported, at, fmt::format("unsupported: ${}", shown(name)));
    result += "${PPID}";
  }

  void arithmetic(std::string& result) {
    advance(3);
    try {
      const Arithmetic computed = evaluate(rest());
      advance(computed.length);
      if (!accept("))")) unexpected();
      result += fmt::format("{}", computed.value);
    } catch (const ArithmeticError& error) {
      advance(error.offset);
      fail(error.fault, at_, error.message);
    }
  }

  void skip_comment() {
    const std::size_t end = rest().find('\n');
    advance(std::min(end, rest().size()));
  }

  bool accept(std::string_view text) {
    if (!rest().starts_with(text)) return false;
    advance(text.size());
    return true;
  }
  std::string_view advance(std::size_t bytes) {
    const std::string_view passed = rest().substr(0, bytes);
    at_ = behind(at_, passed);
    offset_ += passed.size();
    return passed;
  }
  std::string_view rest() const { return text_.substr(offset_); }

  [[noreturn]] void unsupported(std::string_view what) const {
    fail(Fault::unsupported, at_, fmt::format("unsupported: {}", what));
  }
  [[noreturn]] void unexpected() const {
    const std::string found =
        rest().empty() ? "the end of the command" : "'" + shown(rest().substr(0, 1)) + "'";
    fail(Fault::malformed, at_, fmt::format("expected a word, found {}", found));
  }
  [[noreturn]] void unterminated(Position opened, std::string_view quote) const {
    fail(Fault::malformed, opened,
         fmt::format("expected {} behind the string, found the end of the command", quote));
  }
  [[noreturn]] void fail(Fault fault, Position at, const std::string& message) const {
    throw ScriptError{fault, file_, at, message};
  }

  std::string_view text_;
  std::string_view file_;
  Position at_;
  std::size_t offset_ = 0;
  ShellCommand current_{};
  std::vector<ShellCommand> commands_{};
};

}  // namespace

std::vector<ShellCommand> parse_shell(const Command& command, std::string_view file) {
  return Shell{command, file}.parse();
}

}  // namespace ringside::packetdrill
