// Every parameter sets a number that exists.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "check/rules.hpp"
#include "graph.hpp"

namespace ringside::path {

namespace {

template <class Hand>
const Hand* named(const Path& path, std::string_view name) {
  for (const Hop& hop : path.hops)
    if (const auto* hand = std::get_if<Hand>(&hop.hand); hand && hand->name == name) return hand;
  return nullptr;
}

// What is wrong with where it points, as the end of a sentence; empty: nothing.
std::string_view misdirected(const Path& path, const Parameter& parameter) {
  if (parameter.member == Member::program) {
    const auto stage = std::ranges::find(path.stages, parameter.target, &Stage::name);
    return stage != path.stages.end() && stage->work == Work::judge
               ? ""
               : "only a stage with work: judge has that";
  }
  if (parameter.member == Member::at_most) {
    const auto stage = std::ranges::find(path.stages, parameter.target, &Stage::name);
    return stage != path.stages.end() && limits_size(stage->work)
               ? ""
               : "only a stage with work: fetch, coalesce or segment has that";
  }
  if (parameter.member == Member::at_longest) {
    const auto stage = std::ranges::find(path.stages, parameter.target, &Stage::name);
    return stage != path.stages.end() && gathers_in_hardware(*stage)
               ? ""
               : "only a stage of the card with work: coalesce has that";
  }
  if (parameter.member == Member::switched_off) {
    const auto stage = std::ranges::find(path.stages, parameter.target, &Stage::name);
    return stage != path.stages.end() && stage->work == Work::pass
               ? ""
               : "only a stage that costs, and does no work besides, can be switched off";
  }
  if (parameter.member == Member::requests) {
    const auto stage = std::ranges::find(path.stages, parameter.target, &Stage::name);
    return stage != path.stages.end() && takes_requests(stage->work)
               ? ""
               : "only a stage with work: prepare or read has that";
  }
  if (parameter.member == Member::need_wakeup)
    return std::ranges::find(path.stages, parameter.target, &Stage::name) != path.stages.end()
               ? ""
               : "there is no stage of that name";
  const auto* queue = named<Queue>(path, parameter.target);
  const auto* notify = named<Notify>(path, parameter.target);
  if (!queue && !notify) return "there is no queue or notification of that name";
  switch (parameter.member) {
    case Member::capacity:
    case Member::block:
    case Member::retire_after:
    case Member::budget: return queue ? "" : "only queues have that";
    case Member::moderation:
    case Member::after_frames:
    case Member::after_time:
    case Member::adaptive:
      return notify && notify->raise == Raise::interrupt ? "" : "only interrupts have that";
    case Member::demote_after:
      return notify && notify->raise == Raise::softirq ? "" : "only softirqs have that";
    case Member::program:
    case Member::requests:
    case Member::need_wakeup:
    case Member::at_longest:
    case Member::switched_off:
    case Member::at_most: break;
  }
  return "";
}

}  // namespace

std::string set_by(const Path& path, std::string_view target, Member member) {
  for (const Parameter& parameter : path.parameters)
    if (parameter.target == target && parameter.member == member) return fmt::format(" ({})", parameter.key);
  return "";
}

void check_parameters(const Path& path, Findings& found) {
  std::set<std::string_view> keys;
  for (const Parameter& parameter : path.parameters) {
    if (!keys.insert(parameter.key).second)
      found.push_back({parameter.origin, fmt::format("there are two parameters called '{}'", parameter.key)});
    if (const auto reason = misdirected(path, parameter); !reason.empty())
      found.push_back({parameter.origin, fmt::format("parameter '{}' sets {}.{}: {}", parameter.key,
                                                     parameter.target, to_string(parameter.member), reason)});
  }
}

}  // namespace ringside::path
