// Each kind of work, and each memory effect, in a context that can do it.
#include <fmt/format.h>

#include <algorithm>

#include "check/rules.hpp"
#include "graph.hpp"

namespace ringside::path {

namespace {

bool any_protocol_in(const Path& path, Domain domain) {
  return std::ranges::any_of(
      path.stages, [domain](const Stage& s) { return s.work == Work::protocol && s.domain == domain; });
}

// Where a stage with this work may run, as the end of a sentence; empty: it is well where it is.
std::string_view misplaced(const Path& path, const Stage& stage) {
  switch (stage.work) {
    case Work::arrive: return stage.domain == Domain::hardware ? "" : "the card does that: expected hardware";
    case Work::depart:
      return stage.domain == Domain::hardware || stage.domain == Domain::caller
                 ? ""
                 : "the card does that, or a driver without one: expected hardware or caller";
    case Work::application:
    case Work::prepare:
    case Work::consume: return stage.domain == Domain::user ? "" : "the program runs in user";
    case Work::read:
    case Work::write:
      if (stage.domain == Domain::kernel) return "";
      if (stage.domain == Domain::user && any_protocol_in(path, Domain::user)) return "";
      return "sockets live where the protocols run: expected kernel, or user below a protocol stage in user";
    case Work::timer:
      if (is_thread(stage.domain) && any_protocol_in(path, stage.domain)) return "";  // the loop's own
      return stage.domain == Domain::softirq ? "" : "the protocol's timers run in softirq, on each core";
    case Work::fetch: return stage.domain == Domain::kernel ? "" : "the page cache is the kernel's";
    case Work::reap: return stage.domain == Domain::kernel ? "" : "a system call does that: expected kernel";
    case Work::load: return stage.domain == Domain::hardware ? "" : "the disk does that: expected hardware";
    case Work::demultiplex:
    case Work::protocol:
    case Work::route:
    case Work::reclaim: return stage.domain == Domain::hardware ? "a core does that, not the card" : "";
    case Work::coalesce:
      return stage.domain == Domain::softirq || stage.domain == Domain::hardware
                 ? ""
                 : "it holds frames until the end of a poll, or on the card: expected softirq or hardware";
    case Work::segment:
      return stage.domain == Domain::caller || stage.domain == Domain::hardware
                 ? ""
                 : "it is done on the way out, by who sends or by the card: expected caller or hardware";
    case Work::pass:
    case Work::judge: return "";
  }
  return "";
}

std::string_view impossible(Memory memory, Domain domain) {
  const bool hardware = domain == Domain::hardware;
  if (memory == Memory::dma && !hardware)
    return "dma is done by the card: expected hardware, or memory: copy";
  if (memory == Memory::copy && hardware) return "a copy is done by a core: expected memory: dma";
  return "";
}

bool follows(const Path& path, StageId stage, Verdict verdict) {
  return std::ranges::any_of(path.hops,
                             [=](const Hop& hop) { return hop.from == stage && hop.when == verdict; });
}

// Of a stage that does something for many packets in one go, or for whole pages of a stream.
void check_portions(const Path& path, StageId id, Findings& found) {
  const Stage& stage = path.stages[id];
  if (stage.requests != 1 && !takes_requests(stage.work))
    found.push_back(
        {stage.origin, fmt::format("'{}' has requests: {}, but work: {}; expected prepare or read",
                                   stage.name, stage.requests, to_string(stage.work))});
  if (stage.requests != 1 && stage.work == Work::read && !sleeps_in_calls(path, id))
    found.push_back({stage.origin,
                     fmt::format("'{}' has requests: {}, but no program sleeps there: what a queue or a loop "
                                 "drives has the capacity of its queues",
                                 stage.name, stage.requests)});
  const bool wanted = std::ranges::any_of(
      path.hops, [id](const Hop& hop) { return hop.to == id && hop.when == Verdict::write && is_call(hop); });
  if (stage.work == Work::prepare && (!wanted || !sleeps_in_calls(path, id)))
    found.push_back(
        {stage.origin,
         fmt::format("'{}' has work: prepare, but no program calls it: expected an application that "
                     "sleeps in its calls, and a hop from it with when: write",
                     stage.name)});
  if (stage.page != 0 && stage.requests != 1)
    found.push_back(
        {stage.origin,
         fmt::format("'{}' has a page and requests: whole pages are mapped by one call", stage.name)});
  if (stage.page != 0 && stage.work != Work::read)
    found.push_back(
        {stage.origin, fmt::format("'{}' takes pages of {} bytes, but has work: {}; expected read",
                                   stage.name, stage.page, to_string(stage.work))});
  for (const Verdict verdict : {Verdict::whole, Verdict::rest}) {
    const bool followed = follows(path, id, verdict);
    if (stage.work == Work::read && followed != (stage.page > 0))
      found.push_back(
          {stage.origin, stage.page > 0
                             ? fmt::format("'{}' takes whole pages only: expected a hop with when: {}",
                                           stage.name, to_string(verdict))
                             : fmt::format("'{}' takes all there is: when: {} needs a page", stage.name,
                                           to_string(verdict))});
  }
}

// The softirq that the call would wake is the one whose state spares it.
void check_need_wakeup(const Path& path, StageId id, Findings& found) {
  const Stage& stage = path.stages[id];
  const bool called = std::ranges::any_of(path.hops, [id](const Hop& hop) {
    return hop.to == id && hop.at_batch_end && std::holds_alternative<Trap>(hop.hand);
  });
  const bool raises = std::ranges::any_of(path.hops, [id](const Hop& hop) {
    const auto* notify = std::get_if<Notify>(&hop.hand);
    return hop.from == id && notify && notify->raise == Raise::softirq;
  });
  if (stage.need_wakeup && !(called && raises))
    found.push_back(
        {stage.origin, fmt::format("'{}' has need wakeup: expected a trap at: batch end that leads there, "
                                   "and a softirq that it raises",
                                   stage.name)});
}

// A stage that is not there hands on nothing: it only calls, and nothing waits for it.
void check_switch(const Path& path, StageId id, Findings& found) {
  const Stage& stage = path.stages[id];
  if (!stage.switched_off) return;
  const bool stands_between =
      std::ranges::all_of(path.hops, [id](const Hop& hop) { return hop.to != id || carries_on(hop); });
  if (stage.work != Work::pass || stage.memory != Memory::none || !stands_between)
    found.push_back(
        {stage.origin, fmt::format("'{}' cannot be switched off: expected a stage that is called, "
                                   "and does nothing but cost",
                                   stage.name)});
}

// What the cache keeps of a frame is a question of rings, whose slots are used in turn.
void check_coming_back(const Path& path, const Stage& stage, Findings& found) {
  if (stage.back_after.empty()) return;
  const bool a_ring = std::ranges::any_of(path.hops, [&](const Hop& hop) {
    const auto* queue = std::get_if<Queue>(&hop.hand);
    const Stage& from = path.stages[hop.from];
    const bool filled = from.domain == Domain::hardware || (&from == &stage && stage.into == Region::shared);
    return queue && queue->name == stage.back_after && filled && queue->returns.empty() &&
           queue->unit == Unit::packets;
  });
  if (!a_ring)
    found.push_back(
        {stage.origin, fmt::format("'{}' comes back after '{}', which is no ring that a card fills, "
                                   "nor one of packets in shared memory that it fills itself",
                                   stage.name, stage.back_after)});
  if (stage.domain == Domain::hardware)
    found.push_back({stage.origin, fmt::format("{} comes back after '{}': a card has no cache of the cores",
                                               with_domain(stage), stage.back_after)});
}

}  // namespace

bool takes_requests(Work work) { return work == Work::prepare || work == Work::read; }

void check_stages(const Path& path, Findings& found) {
  for (StageId id = 0; id < path.stages.size(); ++id) {
    const Stage& stage = path.stages[id];
    check_portions(path, id, found);
    if (const auto reason = misplaced(path, stage); !reason.empty())
      found.push_back({stage.origin, fmt::format("{} has work: {}; {}", with_domain(stage),
                                                 to_string(stage.work), reason)});
    if (!stage.line.empty() && stage.domain == Domain::hardware)
      found.push_back({stage.origin, fmt::format("{} has line: {}; cores write to shared lines, not the card",
                                                 with_domain(stage), stage.line)});
    check_coming_back(path, stage, found);
    check_switch(path, id, found);
    check_need_wakeup(path, id, found);
    if (const auto reason = impossible(stage.memory, stage.domain); !reason.empty())
      found.push_back({stage.origin, fmt::format("{} has memory: {}; {}", with_domain(stage),
                                                 to_string(stage.memory), reason)});
  }
}

}  // namespace ringside::path
