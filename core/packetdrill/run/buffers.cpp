#include "run/buffers.hpp"

#include <fmt/format.h>

#include "ringside/packetdrill/text.hpp"
#include "run/failure.hpp"

namespace ringside::packetdrill {

namespace {

bool is_null(const Expression& buffer) {
  const auto* word = std::get_if<Word>(&buffer.value);
  return word && word->name == "NULL";
}

void add(Buffers& all, const Expression& buffer, std::int64_t octets) {
  if (octets < 0 || octets > most_octets) fail(fmt::format("expected a count of octets, found {}", octets));
  const bool sound = all.sound == all.octets && !is_null(buffer);
  all.octets += octets;
  all.each.push_back(static_cast<std::uint32_t>(octets));
  if (sound) all.sound += octets;
  if (all.octets > most_octets) fail(fmt::format("expected at most {} octets", most_octets));
}

}  // namespace

Buffers buffer_of(const Arguments& arguments) {
  Buffers one;
  add(one, arguments.at(1), arguments.number(2));
  return one;
}

Buffers buffers_of(const Expression& vector) {
  const auto* pieces = std::get_if<List>(&vector.value);
  if (!pieces) fail("expected a list of buffers, found " + text_of(vector));
  Buffers all;
  for (const Expression& piece : pieces->items) {
    const auto* buffer = std::get_if<Structure>(&piece.value);
    if (!buffer || buffer->fields.size() != 2) fail("expected {..., length}, found " + text_of(piece));
    add(all, buffer->fields[0].value, number_of(buffer->fields[1].value));
  }
  return all;
}

Buffers buffers_of_message(const Expression& message) {
  const Expression* vector = field(message, "msg_iov");
  if (!vector) fail("expected msg_iov, found " + text_of(message));
  return buffers_of(*vector);
}

}  // namespace ringside::packetdrill
