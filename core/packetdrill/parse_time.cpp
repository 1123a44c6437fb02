// 1.5, +.02, *, 1.2~1.4, +.2~+.25, 1.2...1.4, +.2...0.25
#include <fmt/format.h>

#include "numbers.hpp"
#include "parts.hpp"

namespace ringside::packetdrill {
namespace {

Duration seconds(Reader& reader) {
  if (!reader.at(TokenKind::integer) && !reader.at(TokenKind::decimal)) reader.expected("a time");
  const auto value = parse_seconds(reader.peek().text);
  if (!value) reader.expected(fmt::format("a time from 0 to {} seconds", max_seconds));
  reader.take();
  return *value;
}

Duration later(Reader& reader, Duration from) {
  const Token token = reader.peek();
  const Duration to = seconds(reader);
  if (to < from)
    reader.malformed(token.at, fmt::format("expected an end that is not before the beginning, found {}",
                                           described(token)));
  return to;
}

}  // namespace

// Of a call's second end a `+` says nothing new: it has the base of the first.
TimeSpecification parse_time(Reader& reader) {
  if (reader.accept("*")) return {AnyTime{}};
  const bool relative = reader.accept("+");
  const Duration from = seconds(reader);
  const bool returns = reader.at("...");
  if (!returns && !reader.at("~")) return {relative ? When{After{from}} : When{At{start_of_time + from}}};
  reader.take();
  if (relative && returns)
    reader.accept("+");
  else if (relative)
    reader.expect("+");
  const Duration to = later(reader, from);
  if (relative) return {RangeAfter{from, to}, returns};
  return {Range{start_of_time + from, start_of_time + to}, returns};
}

}  // namespace ringside::packetdrill
