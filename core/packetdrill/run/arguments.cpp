#include "run/arguments.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "ringside/packetdrill/text.hpp"
#include "run/constants.hpp"
#include "run/failure.hpp"

namespace ringside::packetdrill {

void Arguments::count(std::size_t wanted) const {
  if (size() != wanted)
    fail(fmt::format("{}(): expected {} arguments, found {}", call_.name, wanted, size()));
}

const Expression& Arguments::at(std::size_t place) const {
  if (place >= size())
    fail(fmt::format("{}(): expected {} arguments or more, found {}", call_.name, place + 1, size()));
  return call_.arguments[place];
}

std::int64_t Arguments::number(std::size_t place) const { return number_of(at(place)); }

std::int64_t Arguments::in_list(std::size_t place) const { return number_of(only_item(at(place))); }

std::int64_t number_of(const Expression& expression) {
  if (const auto* integer = std::get_if<Integer>(&expression.value)) return integer->value;
  if (const auto* word = std::get_if<Word>(&expression.value)) {
    const auto known = constant(word->name);
    if (!known) unsupported("'" + word->name + "'");
    return *known;
  }
  if (const auto* bits = std::get_if<BitwiseOr>(&expression.value)) {
    std::int64_t number = 0;
    for (const Expression& part : bits->parts) number |= number_of(part);
    return number;
  }
  if (const auto* call = std::get_if<Call>(&expression.value); call && call->arguments.size() == 1)
    return number_of(call->arguments.front());  // htons(8080)
  fail("expected a number, found " + text_of(expression));
}

const Expression& only_item(const Expression& list) {
  const auto* items = std::get_if<List>(&list.value);
  if (!items || items->items.size() != 1) fail("expected a list of one value, found " + text_of(list));
  return items->items.front();
}

net::Ipv4Address address_of(const Expression& written) {
  const auto* call = std::get_if<Call>(&written.value);
  const auto* text = call && call->name == "inet_addr" && call->arguments.size() == 1
                         ? std::get_if<String>(&call->arguments.front().value)
                         : nullptr;
  const auto address = text ? net::Ipv4Address::parse(text->text) : std::nullopt;
  if (!address) fail("expected inet_addr(\"...\"), found " + text_of(written));
  return *address;
}

net::Endpoint endpoint_of(const Expression& address, net::Endpoint otherwise) {
  if (!std::holds_alternative<Structure>(address.value)) return otherwise;
  const Expression *family = field(address, "sa_family"), *port = field(address, "sin_port"),
                   *host = field(address, "sin_addr");
  if (family && number_of(*family) != *constant("AF_INET")) unsupported("the address " + text_of(address));
  if (port) otherwise.port = static_cast<std::uint16_t>(number_of(*port));
  if (host) otherwise.address = address_of(*host);
  return otherwise;
}

const Expression* field(const Expression& structure, std::string_view name) {
  const auto* fields = std::get_if<Structure>(&structure.value);
  if (!fields) return nullptr;
  const auto found = std::ranges::find(fields->fields, name, &Field::name);
  return found == fields->fields.end() ? nullptr : &found->value;
}

}  // namespace ringside::packetdrill
