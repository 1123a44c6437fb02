// options, init, events, cleanup; and what must hold of all of them together
#include <fmt/format.h>

#include <utility>

#include "parts.hpp"

namespace ringside::packetdrill {
namespace {

class ScriptParser {
 public:
  ScriptParser(std::string_view text, std::string_view file, const std::vector<std::string>& defines)
      : reader_{Lexer{text, file, defines}} {
    script_.file = file;
  }

  Script parse() {
    options();
    if (reader_.at(TokenKind::command)) script_.init = command();
    event();
    while (!reader_.at(TokenKind::end) && !reader_.at(TokenKind::command)) event();
    if (reader_.at(TokenKind::command)) script_.cleanup = command();
    if (!reader_.at(TokenKind::end)) reader_.expected("nothing behind the cleanup command");
    return std::move(script_);
  }

 private:
  void options() {
    while (reader_.at(TokenKind::option)) {
      const Token option = reader_.take();
      if (option.text == "define") {
        if (!option.value)
          reader_.malformed(option.at, "expected NAME=value behind '--define', found nothing");
        continue;  // the lexer has heeded it
      }
      set_option(script_.options, option.text, option.value, script_.file, option.at);
      if (option.text == "ip_version") script_.options.own_version = true;
    }
  }

  Command command() {
    const Token token = reader_.take();
    return {.text = std::string{token.text}, .at = token.at};
  }

  void event() {
    const Token begin = reader_.peek();
    const TimeSpecification time = parse_time(reader_);
    Event event{.at = begin.at, .when = time.when};
    in_order(begin, time.when);
    allowed(begin, time);
    event.action = action();
    script_.events.push_back(std::move(event));
  }

  decltype(Event::action) action() {
    if (reader_.at("<") || reader_.at(">")) return parse_packet(reader_);
    if (reader_.at(TokenKind::word)) return parse_system_call(reader_);
    if (reader_.at(TokenKind::command)) return command();
    if (reader_.at(TokenKind::code)) {
      const Token token = reader_.take();
      return Code{.text = std::string{token.text}, .at = token.at};
    }
    reader_.expected("a packet, a system call, a command or a code block");
  }

  // The first event is at time 0; absolute times do not run backwards.
  void in_order(const Token& begin, const When& when) {
    const bool first = script_.events.empty();
    Time absolute = latest_;
    Duration relative{};
    if (const auto* at = std::get_if<At>(&when)) absolute = at->time;
    if (const auto* range = std::get_if<Range>(&when)) absolute = range->from;
    if (const auto* after = std::get_if<After>(&when)) relative = after->delay;
    if (const auto* range = std::get_if<RangeAfter>(&when)) relative = range->from;
    const bool at_zero = absolute == start_of_time && relative == Duration{};
    if (first && (!at_zero || std::holds_alternative<AnyTime>(when)))
      reader_.malformed(begin.at, "expected the first event at time 0, found " + described(begin));
    if (absolute < latest_)
      reader_.malformed(begin.at,
                        "expected a time that is not before the one above, found " + described(begin));
    latest_ = absolute;
  }

  void allowed(const Token& begin, const TimeSpecification& time) {
    const bool any = std::holds_alternative<AnyTime>(time.when);
    const bool range =
        std::holds_alternative<Range>(time.when) || std::holds_alternative<RangeAfter>(time.when);
    if (time.returns && !reader_.at(TokenKind::word))
      reader_.expected("a system call behind a time with '...'");
    if (!time.returns && (any || range) && !reader_.at(">"))
      reader_.malformed(begin.at, fmt::format("expected one time: {} of outbound packets alone",
                                              any ? "'*' is" : "windows are"));
  }

  Reader reader_;
  Script script_{};
  Time latest_ = start_of_time;
};

}  // namespace

Script parse_script(std::string_view text, std::string_view file, const std::vector<std::string>& defines) {
  return ScriptParser{text, file, defines}.parse();
}

}  // namespace ringside::packetdrill
