// 1460, 0x20, SOL_TCP, POLLIN|POLLOUT, "reno", [1, 2], {onoff=1, linger=0}, {msg_iov(1)=[{..., 100}]}
#include "parts.hpp"

namespace ringside::packetdrill {
namespace {

Expression expression(Reader& reader);

std::vector<Expression> sequence(Reader& reader, std::string_view open, std::string_view close) {
  const Reader::Nested nested{reader};
  reader.expect(open);
  std::vector<Expression> items;
  if (reader.accept(close)) return items;
  do {
    items.push_back(expression(reader));
  } while (reader.accept(","));
  if (!reader.accept(close)) reader.expected("',' or '" + std::string{close} + "'");
  return items;
}

// What stands before a `=` is a word, or a word with something in parentheses.
Field field(Reader& reader) {
  Field result;
  result.value = expression(reader);
  if (!reader.at("=")) return result;
  if (auto* word = std::get_if<Word>(&result.value.value)) {
    result.name = std::move(word->name);
  } else if (auto* call = std::get_if<Call>(&result.value.value)) {
    result.name = std::move(call->name);
    result.of = std::move(call->arguments);
  } else {
    reader.expected("',' or '}'");
  }
  reader.take();
  result.value = expression(reader);
  return result;
}

Structure structure(Reader& reader) {
  const Reader::Nested nested{reader};
  reader.expect("{");
  Structure result;
  if (reader.accept("}")) return result;
  do {
    result.fields.push_back(field(reader));
  } while (reader.accept(","));
  if (!reader.accept("}")) reader.expected("',' or '}'");
  return result;
}

String adjacent_strings(Reader& reader) {
  String result;
  while (reader.at(TokenKind::string)) result.text += unescaped(reader.take().text);
  return result;
}

Expression primary(Reader& reader) {
  Expression result;
  result.at = reader.peek().at;
  if (reader.at(TokenKind::integer)) {
    const bool hexadecimal = reader.peek().text.substr(0, 2).find_first_of("xX") != std::string_view::npos;
    result.value = Integer{.value = reader.integer("an integer"), .hexadecimal = hexadecimal};
  } else if (reader.at(TokenKind::word)) {
    std::string name = reader.word("a word");
    if (reader.at("("))
      result.value = Call{.name = std::move(name), .arguments = sequence(reader, "(", ")")};
    else
      result.value = Word{std::move(name)};
  } else if (reader.at(TokenKind::string)) {
    result.value = adjacent_strings(reader);
  } else if (reader.at("[")) {
    result.value = List{sequence(reader, "[", "]")};
  } else if (reader.at("{")) {
    result.value = structure(reader);
  } else if (reader.accept("...")) {
    result.value = Ellipsis{};
  } else {
    reader.expected("an argument");
  }
  return result;
}

Expression expression(Reader& reader) {
  Expression first = primary(reader);
  if (!reader.at("|")) return first;
  const Position at = first.at;
  BitwiseOr all;
  all.parts.push_back(std::move(first));
  while (reader.accept("|")) all.parts.push_back(primary(reader));
  return {.value = std::move(all), .at = at};
}

}  // namespace

std::vector<Expression> parse_arguments(Reader& reader) { return sequence(reader, "(", ")"); }

}  // namespace ringside::packetdrill
