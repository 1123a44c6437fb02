// A path explains itself: what it lacks for a reader is a finding as much as what it lacks for the engine.
#include <fmt/format.h>

#include <set>

#include "check/rules.hpp"

namespace ringside::path {

namespace {

constexpr int first_network_year = 1969;  // the first two IMPs of the ARPANET

void both_languages(const Text& text, const std::string& what, Origin origin, Findings& found) {
  if (text.en.empty()) found.push_back({origin, fmt::format("{} is missing in English (en)", what)});
  if (text.zh_CN.empty()) found.push_back({origin, fmt::format("{} is missing in Chinese (zh_CN)", what)});
}

}  // namespace

void check_texts(const Path& path, Findings& found) {
  if (path.name.empty()) found.push_back({{}, "the path has no name"});
  both_languages(path.title, "the title", {}, found);
  both_languages(path.story, "the story", {}, found);
  if (path.since < first_network_year)
    found.push_back({{}, "since: expected the year in which the path could first be used"});

  std::set<std::string_view> names;
  for (const Stage& stage : path.stages) {
    if (stage.name.empty()) found.push_back({stage.origin, "a stage has no name"});
    if (!names.insert(stage.name).second)
      found.push_back(
          {stage.origin, fmt::format("there are two stages called '{}': results and pictures tell them "
                                     "apart by name",
                                     stage.name)});
    both_languages(stage.why, fmt::format("the reason (why) for '{}'", stage.name), stage.origin, found);
    if (stage.stands_for.empty())
      found.push_back(
          {stage.origin, fmt::format("'{}' does not say what it stands for: expected the function of the "
                                     "real system",
                                     stage.name)});
  }
  for (const Parameter& parameter : path.parameters)
    both_languages(parameter.what, fmt::format("the meaning (what) of parameter '{}'", parameter.key),
                   parameter.origin, found);
}

}  // namespace ringside::path
