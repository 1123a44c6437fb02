// What the octets of a frame say: the headers by field, with the octets of each.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ringside/path/path.hpp"

namespace ringside::replay {

struct Field {
  std::string_view id{};  // ipv4.ttl: the same field of any two frames has the same one
  path::Text name{};
  std::size_t offset = 0;  // octets, from the first of the frame
  std::size_t length = 0;
  std::string value{};         // the same in all languages: numbers, addresses, names of protocols
  path::Text wrong{};          // what is not as it should be; empty: all is well
  std::vector<Field> parts{};  // of a header
};

// The headers from Ethernet on, each with its fields, and what is behind them. Whatever is not understood, or
// cut off, is there as octets: those of all parts together are those of the frame.
std::vector<Field> fields_of(std::span<const std::uint8_t> frame);

// The field of that name; nullptr: there is none.
const Field* find(const std::vector<Field>&, std::string_view id);

struct FieldChange {
  std::string_view id{};
  std::string before{};  // its value
};
// The fields of `now` that `first` has with another value.
std::vector<FieldChange> changes(const std::vector<Field>& first, const std::vector<Field>& now);

}  // namespace ringside::replay
