// Whole paths to break, and the findings that are expected of them.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "catch.hpp"
#include "ringside/path/check.hpp"
#include "sample_paths.hpp"

namespace ringside::path {

inline StageId named(const Path& path, std::string_view name) {
  const auto at = std::ranges::find(path.stages, name, &Stage::name);
  REQUIRE(at != path.stages.end());
  return static_cast<StageId>(at - path.stages.begin());
}

// A whole path to break: stages and hops by name.
struct Broken {
  Path path = samples::napi_socket();

  StageId id(std::string_view name) { return named(path, name); }
  Stage& stage(std::string_view name) { return path.stages[named(path, name)]; }
  void hop(std::string_view from, std::string_view to, Hand hand, Verdict when = Verdict::always) {
    path.hop(named(path, from), named(path, to), std::move(hand), when);
  }
  // Every hop between the two that hands over so.
  template <class Hand>
  std::vector<Hop*> hops(std::string_view from, std::string_view to) {
    std::vector<Hop*> found;
    for (Hop& h : path.hops)
      if (h.from == named(path, from) && h.to == named(path, to) && std::holds_alternative<Hand>(h.hand))
        found.push_back(&h);
    REQUIRE_FALSE(found.empty());
    return found;
  }
  template <class Hand>
  Hand& hand(std::string_view from, std::string_view to) {
    return std::get<Hand>(hops<Hand>(from, to).front()->hand);
  }
  template <class Hand>
  void cut(std::string_view from, std::string_view to) {
    const StageId a = named(path, from);
    const StageId b = named(path, to);
    std::erase_if(path.hops, [=](const Hop& h) {
      return h.from == a && h.to == b && std::holds_alternative<Hand>(h.hand);
    });
  }
  template <class Hand, class Change>
  void each_named(std::string_view name, Change change) {
    for (Hop& h : path.hops)
      if (auto* hand = std::get_if<Hand>(&h.hand); hand && hand->name == name) change(*hand);
  }
};

inline std::string all_of(const std::vector<Finding>& findings) {
  std::string lines;
  for (const Finding& f : findings) lines += f.message + '\n';
  return lines;
}

// The findings are these and no others, in any order; each is given by a part of its message.
inline void expect(const Broken& broken, std::vector<std::string> parts) {
  const auto findings = check(broken.path);
  INFO("findings:\n" << all_of(findings));
  CHECK(findings.size() == parts.size());
  for (const std::string& part : parts) {
    INFO("expected: " << part);
    CHECK(std::ranges::any_of(findings,
                              [&](const Finding& f) { return f.message.find(part) != std::string::npos; }));
  }
}

}  // namespace ringside::path
