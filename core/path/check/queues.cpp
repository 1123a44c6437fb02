// Queues: sound by themselves, of one opinion where hops share one, and emptied by somebody.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "check/rules.hpp"
#include "graph.hpp"

namespace ringside::path {

namespace {

void check_numbers(const Hop& hop, const Queue& queue, Findings& found) {
  const auto add = [&](std::string message) { found.push_back({hop.origin, std::move(message)}); };
  if (queue.name.empty()) add("a queue has no name");
  if (queue.capacity < 1)
    add(fmt::format("queue '{}' has capacity {}: expected 1 or more, or nothing ever passes", queue.name,
                    queue.capacity));
  if (queue.budget < 0)
    add(fmt::format("queue '{}' has budget {}: expected 0 (no quota) or more", queue.name, queue.budget));
  if (queue.spin < Duration{}) add(fmt::format("queue '{}' has a negative time to spin", queue.name));
  if (queue.block < 0 || queue.block > queue.capacity / 2)
    add(fmt::format("queue '{}' has blocks of {}: expected no more than half its capacity, {}", queue.name,
                    queue.block, queue.capacity));
  if ((queue.block > 0) != (queue.retire_after > Duration{}))
    add(fmt::format(
        "queue '{}': expected block and retire after together: a block that never fills would wait "
        "for ever",
        queue.name));
  if (queue.small_queues && queue.unit != Unit::packets)
    add(fmt::format("queue '{}' has small queues, and a capacity in bytes: expected packets", queue.name));
  if (queue.block > 0 && queue.drain == Drain::caller)
    add(fmt::format("queue '{}' gathers blocks, but who enqueues also dequeues: expected drain: consumer",
                    queue.name));
  if (queue.overhead < 0)
    add(fmt::format("queue '{}' has overhead {}: expected 0 or more", queue.name, queue.overhead));
  if (queue.slots == Slots::until_freed && queue.unit != Unit::packets)
    add(fmt::format("queue '{}' lends its slots until they are freed, but is counted in bytes", queue.name));
  if (queue.overhead > 0 && queue.unit == Unit::packets)
    add(fmt::format("queue '{}' charges an overhead in bytes but is counted in packets", queue.name));
}

// Hops with the same queue name share the queue: its numbers and its consumer are one.
void check_sharing(const Path& path, Findings& found) {
  std::map<std::string_view, const Hop*> first;
  for (const Hop& hop : path.hops) {
    const auto* queue = std::get_if<Queue>(&hop.hand);
    if (!queue) continue;
    const auto [entry, is_first] = first.try_emplace(queue->name, &hop);
    if (is_first) continue;
    if (std::get<Queue>(entry->second->hand) != *queue)
      found.push_back(
          {hop.origin, fmt::format("queue '{}' is described twice, and differently: hops that share a queue "
                                   "agree in all its numbers",
                                   queue->name)});
    if (entry->second->to != hop.to)
      found.push_back(
          {hop.origin, fmt::format("queue '{}' has two consumers, '{}' and '{}': expected one", queue->name,
                                   path.stages[entry->second->to].name, path.stages[hop.to].name)});
  }
}

void check_returns(const Path& path, const Hop& hop, const Queue& queue, Findings& found) {
  if (queue.returns.empty()) return;
  const bool exists = std::ranges::any_of(path.hops, [&](const Hop& other) {
    const auto* q = std::get_if<Queue>(&other.hand);
    return q && q->name == queue.returns;
  });
  if (!exists)
    found.push_back(
        {hop.origin, fmt::format("queue '{}' returns the slots of '{}', but there is no such queue",
                                 queue.name, queue.returns)});
  for (const Hop& other : path.hops)
    if (const auto* q = std::get_if<Queue>(&other.hand);
        q && q->name == queue.returns && q->unit == Unit::bytes) {
      found.push_back(
          {hop.origin, fmt::format("queue '{}' returns the slots of '{}', which is counted in bytes",
                                   queue.name, queue.returns)});
      break;
    }
  if (queue.returns == queue.name)
    found.push_back(
        {hop.origin,
         fmt::format("queue '{}' returns its own slots: expected those of another queue", queue.name)});
}

// Who finds a queue full that holds back must have another one to leave the packet in: among those who call
// him is one that looks ahead, since it takes from a queue. A completion has its frame's room.
void check_hold(const Path& path, const Hop& hop, const Queue& queue, Findings& found) {
  if (queue.full != Full::hold || !queue.returns.empty()) return;
  if (queue.drain == Drain::caller) {
    if (path.stages[hop.from].work != Work::write)
      found.push_back({hop.origin, fmt::format("queue '{}' with drain: caller holds back only what a program "
                                               "writes, and '{}' has work: {}; expected full: drop",
                                               queue.name, path.stages[hop.from].name,
                                               to_string(path.stages[hop.from].work))});
    return;
  }
  std::vector<StageId> callers{hop.from};
  for (std::size_t i = 0; i < callers.size(); ++i) {
    const Domain domain = path.stages[callers[i]].domain;
    const bool has_a_queue = (domain == Domain::softirq || is_thread(domain)) &&
                             takes_from_a_queue(path, callers[i]) && !sleeps_in_calls(path, callers[i]);
    if (has_a_queue || drained_by_caller(path, callers[i])) continue;
    bool called = false;
    for (const Hop& call : path.hops) {
      if (!is_call(call) || call.to != callers[i]) continue;
      called = true;
      if (std::ranges::find(callers, call.from) == callers.end()) callers.push_back(call.from);
    }
    if (called) continue;
    found.push_back({hop.origin, fmt::format("queue '{}' holds back when it is full, but '{}' has no queue "
                                             "to leave the packet in: expected full: drop, or a queue with "
                                             "drain: caller before",
                                             queue.name, path.stages[callers[i]].name)});
  }
}

// Who knows that a stage has enqueued: itself, what it calls, who called it, and what those call at the end
// of the batch. A sibling that a packet may or may not pass is not among them.
std::vector<StageId> witnesses(const Path& path, StageId producer) {
  std::vector<StageId> all{producer};
  const auto known = [&all](StageId s) { return std::ranges::find(all, s) != all.end(); };
  for (std::size_t i = 0; i < all.size(); ++i)  // upwards
    for (const Hop& hop : path.hops)
      if (is_call(hop) && hop.to == all[i] && !known(hop.from)) all.push_back(hop.from);
  const std::size_t callers = all.size();
  for (std::size_t i = 0; i < all.size();
       ++i)  // downwards from the producer; from its callers only what ends a batch
    for (const Hop& hop : path.hops) {
      const bool calls = is_call(hop) || (std::holds_alternative<Trap>(hop.hand) && hop.at_batch_end);
      const bool counts = i == 0 || i >= callers ? calls : each_batch(hop);
      if (counts && hop.from == all[i] && !known(hop.to)) all.push_back(hop.to);
    }
  return all;
}

// A notification may wake the consumer itself or somebody who runs into it: an interrupt handler that passes
// the news on, a poll function that calls it. A stage that writes is woken for room, not for packets.
bool told(const Path& path, const Hop& hop) {
  const auto graph = graph_of(path, [&path](const Hop& h) {
    const bool passes_on = path.stages[h.from].domain == Domain::hardirq;
    return !std::holds_alternative<Queue>(h.hand) && (passes_on || !std::holds_alternative<Notify>(h.hand));
  });
  const auto knowing = witnesses(path, hop.from);
  return std::ranges::any_of(path.hops, [&](const Hop& notice) {
    return std::holds_alternative<Notify>(notice.hand) && path.stages[notice.to].work != Work::write &&
           std::ranges::find(knowing, notice.from) != knowing.end() && reachable(graph, {notice.to})[hop.to];
  });
}

// A thread that puts something aside for itself comes to it in the same batch.
bool for_itself(const Path& path, const Hop& hop) {
  return is_thread(path.stages[hop.from].domain) && context_of(path, hop.from)[hop.to];
}

bool called_each_batch(const Path& path, StageId stage) {
  return std::ranges::any_of(path.hops,
                             [stage](const Hop& hop) { return each_batch(hop) && hop.to == stage; });
}

bool never_sleeps(const Path& path, StageId in_thread) {
  const auto context = context_of(path, in_thread);
  return std::ranges::any_of(path.hops, [&](const Hop& hop) {
    const auto* queue = std::get_if<Queue>(&hop.hand);
    return queue && queue->spin == forever && context[hop.to] && !sleeps_in_calls(path, hop.to);
  });
}

// What keeps a thread from being driven by a queue that it watches, or that the card fills; empty: nothing.
std::string_view unfit_to_poll(const Path& path, StageId consumer) {
  if (sleeps_in_calls(path, consumer))
    return "belongs to the thread of a program with sockets, which sleeps in its system calls";
  return never_sleeps(path, consumer) ? "" : "does not exist once for each ring";
}

void check_drain(const Path& path, const Hop& hop, const Queue& queue, Findings& found) {
  const Stage& producer = path.stages[hop.from];
  const Stage& consumer = path.stages[hop.to];
  const bool one_on_each_core = consumer.domain == Domain::softirq || queue.consumers == Consumers::each_core;
  if (queue.by_flow && (producer.domain == Domain::hardware || !one_on_each_core))
    found.push_back(
        {hop.origin, fmt::format("queue '{}' is by flow: expected a core that fills it, and a consumer on "
                                 "each core, a softirq or consumers: each core",
                                 queue.name)});
  if (queue.drain == Drain::caller) return;
  if (queue.small_queues)
    found.push_back(
        {hop.origin, fmt::format("queue '{}' has small queues, but nobody would ask the stack again when "
                                 "there is room: expected drain: caller",
                                 queue.name)});
  if (consumer.domain == Domain::caller) {
    found.push_back({hop.origin, fmt::format("queue '{}' waits for {}, which runs only when called: expected "
                                             "drain: caller",
                                             queue.name, with_domain(consumer))});
    return;
  }
  if (producer.domain == Domain::hardware && consumer.domain == Domain::hardware)
    return;  // a device watches itself
  const bool thread = is_thread(consumer.domain);
  const bool card_fills = producer.domain == Domain::hardware;
  if (queue.consumers == Consumers::each_core && (!thread || sleeps_in_calls(path, hop.to)))
    found.push_back(
        {hop.origin,
         fmt::format("queue '{}' has a consumer on each core, and {} is no thread that its queues "
                     "drive",
                     queue.name, with_domain(consumer))});
  if (queue.block > 0 && (!thread || card_fills || sleeps_in_calls(path, hop.to)))
    found.push_back(
        {hop.origin, fmt::format("queue '{}' gathers blocks: expected a thread that its queues drive, and "
                                 "one that a core fills",
                                 queue.name)});
  if (queue.spin > Duration{} && !thread)
    found.push_back(
        {hop.origin, fmt::format("queue '{}' is watched by spinning, but {} is no thread: expected a "
                                 "stage of kernel or user",
                                 queue.name, with_domain(consumer))});
  if (queue.spin > Duration{} && thread && sleeps_in_calls(path, hop.to))
    found.push_back(
        {hop.origin, fmt::format("queue '{}' is watched by spinning, but {} belongs to the thread of a "
                                 "program with sockets, which sleeps in its system calls",
                                 queue.name, with_domain(consumer))});
  if (const auto reason = thread ? unfit_to_poll(path, hop.to) : ""; card_fills && !reason.empty())
    return found.push_back(
        {hop.origin, fmt::format("the card fills '{}', but {} {}: expected a stage of hardirq or "
                                 "softirq, or a thread of its own that spins",
                                 queue.name, with_domain(consumer), reason)});
  const bool looked_at = thread ? never_sleeps(path, hop.to) : called_each_batch(path, hop.to);
  if (looked_at || for_itself(path, hop) || told(path, hop)) return;
  found.push_back(
      {hop.origin, fmt::format("'{}' puts packets into queue '{}', but nobody tells {}: expected a notify "
                               "hop that reaches it, a call: each batch, or drain: caller",
                               producer.name, queue.name, with_domain(consumer))});
}

// A loop takes frames from a queue; and a program has its sockets on one core.
void check_loop(const Path& path, StageId application, Findings& found) {
  if (!asks(path, application) || !called_by_a_loop(path, application)) return;
  const auto context = context_of(path, application);
  bool frames = false, each_core = false;
  for (const Hop& hop : path.hops) {
    const auto* queue = std::get_if<Queue>(&hop.hand);
    if (!queue || !context[hop.to] || queue->drain == Drain::caller || !queue->returns.empty()) continue;
    frames |= path.stages[hop.to].work != Work::read;
    each_core |= path.stages[hop.from].domain == Domain::hardware;
  }
  if (!frames)
    found.push_back({path.stages[application].origin,
                     fmt::format("'{}' is called each batch, but by who takes no frames from a queue",
                                 path.stages[application].name)});
  if (each_core && path.cores != 1)
    found.push_back(
        {path.stages[application].origin,
         fmt::format("the loop that calls '{}' polls a card on each core, and the program's sockets are "
                     "on one: expected cores: 1",
                     path.stages[application].name)});
}

// Who finds room tells the queue's consumer to go on, and with it the stack.
void check_restart(const Path& path, const Hop& hop, const Queue& queue, Findings& found) {
  const bool restarted = std::ranges::any_of(path.hops, [&](const Hop& other) {
    const auto* notify = std::get_if<Notify>(&other.hand);
    return notify && notify->raise == Raise::restart && other.to == hop.to;
  });
  if (queue.small_queues && !restarted)
    found.push_back(
        {hop.origin, fmt::format("queue '{}' has small queues, but nobody restarts '{}' when there is room",
                                 queue.name, path.stages[hop.to].name)});
}

}  // namespace

void check_queues(const Path& path, Findings& found) {
  for (const Hop& hop : path.hops) {
    const auto* queue = std::get_if<Queue>(&hop.hand);
    if (!queue) continue;
    check_numbers(hop, *queue, found);
    check_returns(path, hop, *queue, found);
    check_hold(path, hop, *queue, found);
    check_drain(path, hop, *queue, found);
    check_restart(path, hop, *queue, found);
  }
  check_sharing(path, found);
  for (StageId id = 0; id < path.stages.size(); ++id)
    if (path.stages[id].work == Work::application) check_loop(path, id, found);
}

}  // namespace ringside::path
