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

bool of_a_stage(Member member) {
  using enum Member;
  return member == program || member == at_most || member == at_longest || member == switched_off ||
         member == requests || member == need_wakeup;
}

// What is wrong with where it points, as the end of a sentence; empty: nothing.
std::string_view unfit(const Stage& stage, Member member) {
  switch (member) {
    case Member::program: return stage.work == Work::judge ? "" : "only a stage with work: judge has that";
    case Member::at_most:
      return limits_size(stage.work) ? "" : "only a stage with work: fetch, coalesce or segment has that";
    case Member::at_longest:
      return gathers_in_hardware(stage) ? "" : "only a stage of the card with work: coalesce has that";
    case Member::switched_off:
      return stage.work == Work::pass
                 ? ""
                 : "only a stage that costs, and does no work besides, can be switched off";
    case Member::requests:
      return takes_requests(stage.work) ? "" : "only a stage with work: prepare or read has that";
    default: return "";
  }
}

std::string_view misdirected(const Path& path, const Parameter& parameter) {
  if (of_a_stage(parameter.member)) {
    const auto stage = std::ranges::find(path.stages, parameter.target, &Stage::name);
    return stage == path.stages.end() ? "there is no stage of that name" : unfit(*stage, parameter.member);
  }
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
    default: return "";
  }
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
