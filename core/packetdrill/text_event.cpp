#include <fmt/format.h>

#include "ringside/packetdrill/text.hpp"

namespace ringside::packetdrill {
namespace {

std::string list(const std::vector<Expression>& items) {
  std::string text;
  for (const Expression& item : items) {
    if (&item != &items.front()) text += ", ";
    text += text_of(item);
  }
  return text;
}

std::string field_text(const Field& field) {
  std::string text = field.name;
  if (!field.of.empty()) text += '(' + list(field.of) + ')';
  if (!text.empty()) text += '=';
  return text + text_of(field.value);
}

struct ExpressionText {
  std::string operator()(const Ellipsis&) const { return "..."; }
  std::string operator()(const Integer& integer) const {
    return integer.hexadecimal ? fmt::format("0x{:x}", integer.value) : fmt::format("{}", integer.value);
  }
  std::string operator()(const Word& word) const { return word.name; }
  std::string operator()(const String& string) const {
    std::string text = "\"";
    for (const char c : string.text) {
      if (c == '"' || c == '\\') text += '\\';
      text += c;
    }
    return text + '"';
  }
  std::string operator()(const BitwiseOr& all) const {
    std::string text;
    for (const Expression& part : all.parts) {
      if (!text.empty()) text += '|';
      text += text_of(part);
    }
    return text;
  }
  std::string operator()(const List& all) const { return '[' + list(all.items) + ']'; }
  std::string operator()(const Call& call) const { return call.name + '(' + list(call.arguments) + ')'; }
  std::string operator()(const Structure& structure) const {
    std::string text = "{";
    for (const Field& field : structure.fields) {
      if (text.size() > 1) text += ", ";
      text += field_text(field);
    }
    return text + '}';
  }
};

struct ResultText {
  std::string operator()(const Integer& value) const { return ExpressionText{}(value); }
  std::string operator()(const ResultRange& range) const {
    return fmt::format("{}...{}", range.from, range.to);
  }
  std::string operator()(const AnyResult&) const { return "..."; }
};

struct ActionText {
  std::string operator()(const Packet& packet) const { return text_of(packet); }
  std::string operator()(const SystemCall& call) const { return text_of(call); }
  std::string operator()(const Command& command) const { return '`' + command.text + '`'; }
  std::string operator()(const Code& code) const { return "%{ " + code.text + " }%"; }
};

// `between`: what stands between the ends of a range, by the action that it is of.
struct WhenText {
  std::string_view between;
  std::string operator()(const At& at) const { return text_of(at.time - start_of_time); }
  std::string operator()(const After& after) const { return '+' + text_of(after.delay); }
  std::string operator()(const AnyTime&) const { return "*"; }
  std::string operator()(const Range& range) const {
    return fmt::format("{}{}{}", text_of(range.from - start_of_time), between,
                       text_of(range.to - start_of_time));
  }
  std::string operator()(const RangeAfter& range) const {
    return fmt::format("+{}{}+{}", text_of(range.from), between, text_of(range.to));
  }
};

}  // namespace

std::string text_of(Duration seconds) {
  constexpr std::int64_t second = std::chrono::duration_cast<Duration>(std::chrono::seconds{1}).count();
  std::string text = fmt::format("{}.{:012}", seconds.count() / second, seconds.count() % second);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return text;
}

std::string text_of(const Expression& expression) { return std::visit(ExpressionText{}, expression.value); }

std::string text_of(const SystemCall& call) {
  const std::string error = call.result.error.empty() ? "" : ' ' + call.result.error;
  return fmt::format("{}({}) = {}{}", call.name, list(call.arguments),
                     std::visit(ResultText{}, call.result.value), error);
}

std::string text_of(const Event& event) {
  const bool call = std::holds_alternative<SystemCall>(event.action);
  return std::visit(WhenText{call ? "..." : "~"}, event.when) + ' ' + std::visit(ActionText{}, event.action);
}

}  // namespace ringside::packetdrill
