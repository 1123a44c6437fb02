// A value of a JSON document, and where in it: what is not as expected is said with its place. For readers of
// documents that have paths in them; who includes this links nlohmann-json.
#pragma once

#include <fmt/format.h>

#include <concepts>
#include <cstdint>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ringside/path/path.hpp"

namespace ringside::path {

class Fact {
 public:
  using Json = nlohmann::ordered_json;

  // What is nested deeper than anything that we write is left out, so that no text can exhaust the stack.
  static Json parse(std::string_view json) {
    try {
      return Json::parse(json, [](int depth, Json::parse_event_t, Json&) { return depth <= deepest; });
    } catch (const nlohmann::json::exception& error) {
      throw std::runtime_error{fmt::format("expected JSON: {}", error.what())};
    }
  }
  explicit Fact(const Json& value, std::string place = {}) : value_{&value}, place_{std::move(place)} {}

  // What is under the key; nullopt: nothing is.
  std::optional<Fact> find(std::string_view key) const {
    if (!value_->is_object()) fail("a map");
    const auto found = value_->find(key);
    if (found == value_->end()) return std::nullopt;
    return Fact{*found, place_.empty() ? std::string{key} : fmt::format("{}.{}", place_, key)};
  }
  Fact operator[](std::string_view key) const {
    if (const auto found = find(key)) return *found;
    fail(fmt::format("the key '{}'", key));
  }
  std::vector<Fact> items() const {
    if (!value_->is_array()) fail("a list");
    std::vector<Fact> all;
    for (const Json& item : *value_) all.emplace_back(item, fmt::format("{}[{}]", place_, all.size()));
    return all;
  }

  const std::string& text() const {
    if (!value_->is_string()) fail("a text");
    return value_->get_ref<const std::string&>();
  }
  bool truth() const {
    if (!value_->is_boolean()) fail("true or false");
    return value_->get<bool>();
  }
  template <std::integral Number>
  Number count() const {
    constexpr auto most = std::numeric_limits<Number>::max();
    const bool counts = value_->is_number_unsigned() && std::in_range<Number>(value_->get<std::uint64_t>());
    if (!counts) fail(fmt::format("a whole number from 0 to {}", most));
    return value_->get<Number>();
  }
  std::vector<std::string> texts() const {
    std::vector<std::string> all;
    for (const Fact& item : items()) all.push_back(item.text());
    return all;
  }

  [[noreturn]] void fail(std::string_view expected) const {
    std::string found =
        value_->is_structured() ? std::string{value_->is_array() ? "a list" : "a map"} : value_->dump();
    if (found.size() > most_quoted) found = "a long text";
    throw std::runtime_error{
        fmt::format("{}{}expected {}, found {}", place_, place_.empty() ? "" : ": ", expected, found)};
  }

 private:
  static constexpr int deepest = 32;
  static constexpr std::size_t most_quoted = 60;
  const Json* value_;
  std::string place_;
};

Path path_of(const Fact&);  // the one that describe_json described

}  // namespace ringside::path
