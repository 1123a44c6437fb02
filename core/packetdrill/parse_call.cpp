// read(4, ..., 1000) = -1 EAGAIN (Resource temporarily unavailable)
#include "characters.hpp"
#include "parts.hpp"

namespace ringside::packetdrill {
namespace {

Integer result_value(Reader& reader) {
  const bool hexadecimal = reader.peek().text.find_first_of("xX") != std::string_view::npos;
  return {.value = reader.integer("a result"), .hexadecimal = hexadecimal};
}

// The words in parentheses are for people.
void skip_words(Reader& reader) {
  int open = 0;
  do {
    if (reader.at(TokenKind::end)) reader.expect(")");
    open += reader.at("(") ? 1 : reader.at(")") ? -1 : 0;
    reader.take();
  } while (open > 0);
}

Result parse_result(Reader& reader) {
  Result result;
  if (reader.accept("...")) {
    result.value = AnyResult{};
  } else {
    const Integer value = result_value(reader);
    result.value = value;
    if (reader.accept("...")) {
      const Token end = reader.peek();
      const ResultRange range{.from = value.value, .to = result_value(reader).value};
      if (range.to < range.from)
        reader.malformed(end.at, "expected an end that is not before the beginning, found " + described(end));
      result.value = range;
    }
  }
  if (reader.at(TokenKind::word)) result.error = reader.word("the name of an error");
  if (reader.at("(")) skip_words(reader);
  return result;
}

}  // namespace

SystemCall parse_system_call(Reader& reader) {
  SystemCall call;
  call.name = reader.word("the name of a system call");
  if (!reader.at("(")) reader.expected("'(' behind '" + shown(call.name) + "'");
  call.arguments = parse_arguments(reader);
  reader.expect("=");
  call.result = parse_result(reader);
  return call;
}

}  // namespace ringside::packetdrill
