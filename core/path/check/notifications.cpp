// Notifications: sound by themselves, of one opinion where hops share one, and told to whom they can be told.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "check/rules.hpp"
#include "graph.hpp"

namespace ringside::path {

namespace {

// What was expected of the target, as the end of a sentence; empty: the notification can reach it.
std::string_view wrong_target(const Path& path, const Notify& notify, StageId to) {
  const Domain domain = path.stages[to].domain;
  switch (notify.raise) {
    case Raise::interrupt:
      return domain == Domain::hardirq ? "" : "an interrupt is taken by a stage of domain hardirq";
    case Raise::softirq: return domain == Domain::softirq ? "" : "it raises a stage of domain softirq";
    case Raise::wakeup:
      return is_thread(domain) ? "" : "only what sleeps can be woken: a stage of domain kernel or user";
    case Raise::doorbell: return domain == Domain::hardware ? "" : "a doorbell rings in hardware";
    case Raise::restart:
      return drained_by_caller(path, to) ? "" : "expected a stage that takes from a queue with drain: caller";
  }
  return "";
}

// Only who asked for the poll may wait for its end: without a softirq the line would stay masked for ever.
bool handler_raises_softirq(const Path& path, StageId handler) {
  return std::ranges::any_of(path.hops, [handler](const Hop& hop) {
    const auto* raised = std::get_if<Notify>(&hop.hand);
    return raised && hop.from == handler && raised->raise == Raise::softirq;
  });
}

bool fills_a_ring_of_the_card(const Path& path) {
  return std::ranges::any_of(path.hops, [&path](const Hop& hop) {
    return std::holds_alternative<Queue>(hop.hand) && path.stages[hop.from].domain != Domain::hardware &&
           path.stages[hop.to].domain == Domain::hardware;
  });
}

// A handler has one line, which one interrupt describes; others that assert it say so.
void check_lines(const Path& path, Findings& found) {
  std::map<StageId, std::string_view> line_of;
  for (const Hop& hop : path.hops) {
    const auto* notify = std::get_if<Notify>(&hop.hand);
    if (!notify || notify->raise != Raise::interrupt || !notify->line.empty()) continue;
    const auto [entry, fresh] = line_of.try_emplace(hop.to, notify->name);
    if (!fresh && entry->second != notify->name)
      found.push_back(
          {hop.origin, fmt::format("interrupts '{}' and '{}' have the same handler, '{}': expected "
                                   "one name, line: {}, or a handler for each",
                                   entry->second, notify->name, path.stages[hop.to].name, entry->second)});
  }
  for (const Hop& hop : path.hops) {
    const auto* notify = std::get_if<Notify>(&hop.hand);
    if (!notify || notify->line.empty()) continue;
    const auto line = line_of.find(hop.to);
    if (notify->raise == Raise::interrupt && (line == line_of.end() || line->second != notify->line))
      found.push_back({hop.origin, fmt::format("interrupt '{}' asserts the line of '{}', which is no "
                                               "interrupt that has a line to '{}'",
                                               notify->name, notify->line, path.stages[hop.to].name)});
  }
}

// How many completions a card lets gather.
void check_coalescing(const Path& path, const Hop& hop, const Notify& notify, Findings& found) {
  const auto add = [&](std::string message) { found.push_back({hop.origin, std::move(message)}); };
  const bool gathers = notify.after_frames != 0 || notify.after_time != Duration{} || notify.adaptive;
  if (notify.raise != Raise::interrupt && (gathers || !notify.line.empty()))
    add(fmt::format("notification '{}' ({}) has no line and lets nothing gather: only interrupts do",
                    notify.name, to_string(notify.raise)));
  if (notify.after_frames > 1 && notify.after_time == Duration{} && !notify.adaptive)
    add(
        fmt::format("interrupt '{}' would wait for {} frames however long it takes, and for ever if no more "
                    "come: expected an 'after time' greater than 0{}",
                    notify.name, notify.after_frames, set_by(path, notify.name, Member::after_time)));
  if (!notify.line.empty() && (notify.mask != Mask::never || notify.moderation != Duration{}))
    add(fmt::format("interrupt '{}' has the mask and the moderation of its line '{}': expected none here",
                    notify.name, notify.line));
  if (notify.after_frames < 0 || notify.after_time < Duration{})
    add(fmt::format("notification '{}' waits for less than nothing", notify.name));
}

// A connection that gives up does so in a timer, and its program must hear of it.
void check_timer_tells(const Path& path, Findings& found) {
  const auto timer = std::ranges::find(path.stages, Work::timer, &Stage::work);
  if (timer == path.stages.end()) return;
  const auto id = static_cast<StageId>(timer - path.stages.begin());
  for (StageId sleeper = 0; sleeper < path.stages.size(); ++sleeper) {
    const Stage& stage = path.stages[sleeper];
    if (stage.work != Work::read && stage.work != Work::write && stage.work != Work::reap) continue;
    if (!in_thread_of_sockets(path, sleeper)) continue;  // whole datagrams wake it, and nothing else
    const auto wakes = [&](const Hop& hop) {
      const auto* notify = std::get_if<Notify>(&hop.hand);
      return notify && notify->raise == Raise::wakeup && hop.to == sleeper;
    };
    const bool somebody_does = std::ranges::any_of(path.hops, wakes);
    const bool timer_does =
        std::ranges::any_of(path.hops, [&](const Hop& hop) { return hop.from == id && wakes(hop); });
    if (somebody_does && !timer_does)
      found.push_back(
          {timer->origin, fmt::format("'{}' never wakes '{}': a program would sleep for ever on a "
                                      "connection that timed out; expected a notify hop",
                                      timer->name, stage.name)});
  }
}

void check_kind(const Path& path, const Hop& hop, const Notify& notify, Findings& found) {
  const auto add = [&](std::string message) { found.push_back({hop.origin, std::move(message)}); };
  const bool interrupt = notify.raise == Raise::interrupt;
  const bool masks = notify.mask == Mask::until_polled_empty;
  if (notify.name.empty()) add("a notification has no name");
  if (const auto expected = wrong_target(path, notify, hop.to); !expected.empty())
    add(fmt::format("notification '{}' ({}) to {}: {}", notify.name, to_string(notify.raise),
                    with_domain(path.stages[hop.to]), expected));
  const bool asks_a_disk = path.stages[hop.to].work == Work::load;
  if (notify.raise == Raise::doorbell && !asks_a_disk && !fills_a_ring_of_the_card(path))
    add(fmt::format("doorbell '{}' announces nothing: no queue leads from a core to the card", notify.name));
  if (masks && !interrupt)
    add(fmt::format("notification '{}' ({}) cannot be masked: only interrupts can", notify.name,
                    to_string(notify.raise)));
  if (masks && interrupt && !handler_raises_softirq(path, hop.to))
    add(fmt::format(
        "interrupt '{}' is masked until polled empty, but its handler '{}' raises no softirq that polls: it "
        "would stay masked for ever",
        notify.name, path.stages[hop.to].name));
  if (notify.moderation != Duration{} && !interrupt)
    add(fmt::format("notification '{}' ({}) cannot be moderated: only interrupts can", notify.name,
                    to_string(notify.raise)));
  if (notify.demote_after != Duration{} && notify.raise != Raise::softirq)
    add(fmt::format("notification '{}' ({}) cannot be demoted: only a softirq can be left to a thread",
                    notify.name, to_string(notify.raise)));
  if (notify.moderation < Duration{} || notify.demote_after < Duration{})
    add(fmt::format("notification '{}' has a negative time", notify.name));
}

}  // namespace

void check_notifications(const Path& path, Findings& found) {
  std::map<std::string_view, const Notify*> first;
  for (const Hop& hop : path.hops) {
    const auto* notify = std::get_if<Notify>(&hop.hand);
    if (!notify) continue;
    check_kind(path, hop, *notify, found);
    const auto [entry, is_first] = first.try_emplace(notify->name, notify);
    if (is_first) check_coalescing(path, hop, *notify, found);
    if (!is_first && *entry->second != *notify)
      found.push_back(
          {hop.origin, fmt::format("notification '{}' is described twice, and differently: hops that share "
                                   "one agree in all of it",
                                   notify->name)});
  }
  check_lines(path, found);
  check_timer_tells(path, found);
}

}  // namespace ringside::path
