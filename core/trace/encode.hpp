// Numbers as octets, the least significant one first, on every machine.
#pragma once

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>

#include "ringside/trace/hash.hpp"

namespace ringside::trace {

template <std::unsigned_integral Number>
void put(std::string& to, Number number) {
  for (std::size_t i = 0; i < sizeof(Number); ++i) to.push_back(static_cast<char>(number >> (8 * i)));
}

// Takes numbers from the front. What is not there is zero, and remembered.
class Octets {
 public:
  explicit Octets(std::string_view bytes) : left_{bytes} {}

  template <std::unsigned_integral Number>
  Number take() {
    if (left_.size() < sizeof(Number)) return short_ = true, left_ = {}, Number{0};
    Number number = 0;
    for (std::size_t i = 0; i < sizeof(Number); ++i)
      number = static_cast<Number>(number | Number{static_cast<std::uint8_t>(left_[i])} << (8 * i));
    left_.remove_prefix(sizeof(Number));
    return number;
  }
  // How many records of so many octets may follow: a damaged count asks for no more memory than there are
  // octets.
  std::size_t count(std::size_t octets_each) {
    const auto number = take<std::uint64_t>();
    if (number > left_.size() / octets_each) return short_ = true, left_ = {}, std::size_t{0};
    return static_cast<std::size_t>(number);
  }
  std::string_view take_octets(std::size_t number) {
    if (left_.size() < number) return short_ = true, left_ = {};
    const std::string_view taken = left_.substr(0, number);
    left_.remove_prefix(number);
    return taken;
  }
  bool too_short() const { return short_; }
  bool empty() const { return left_.empty(); }

 private:
  std::string_view left_;
  bool short_ = false;
};

inline std::uint64_t hash_of(std::string_view bytes) { return hash_of(bytes.data(), bytes.size()); }

}  // namespace ringside::trace
