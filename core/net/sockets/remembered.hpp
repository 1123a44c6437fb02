// Options that change nothing in this stack, or only what their own socket does with them: what they may be,
// and what they were set to. remembered.cpp lists them.
#pragma once

#include "sockets/returned.hpp"

namespace ringside::net {

class RememberedOptions {
 public:
  RememberedOptions();

  // nullopt: it is none of these.
  std::optional<Returned> set(int level, int name, std::span<const std::uint8_t> value);
  std::optional<Returned> get(int level, int name, std::span<std::uint8_t> out) const;
  std::int32_t value(int level, int name) const;  // of one that there is
  bool any_set() const { return any_set_; }       // most sockets are told nothing, and asked often

 private:
  static constexpr std::size_t count = 31;

  std::array<std::int32_t, count> values_{};
  bool any_set_ = false;
};

}  // namespace ringside::net
