// The octets of a packet as they are at a moment, and what they say.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "ringside/path/describe.hpp"
#include "view/picture.hpp"

namespace ringside::view {

struct BytesScene {
  std::span<const std::uint8_t> octets{};  // the first ones; empty: there are none, and `invitation` says why
  std::uint32_t length = 0;                // of the whole packet
  std::span<const std::uint8_t> first{};   // as they were when it was first seen
  std::string pointed{};                   // the field under the mouse
  QString where{};                         // at which stage they were seen
  path::Language language = path::Language::en;
  QString invitation{};
};

// Each octet and each line of the list is the target "field ID" of its field (replay::Field::id).
Picture bytes(const BytesScene&, double width);

}  // namespace ringside::view
