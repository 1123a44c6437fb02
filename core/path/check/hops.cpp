// Calls and traps cross only the borders that a real processor lets them cross.
#include <fmt/format.h>

#include "check/rules.hpp"
#include "graph.hpp"

namespace ringside::path {

namespace {

bool may_call(Domain from, Domain to) {
  if (from == to) return true;
  return to == Domain::caller && (from == Domain::softirq || from == Domain::kernel);
}

bool may_trap(Domain from, Domain to) {
  return (from == Domain::user && to == Domain::kernel) || (from == Domain::kernel && to == Domain::user);
}

std::string_view how_to_reach(Domain domain) {
  switch (domain) {
    case Domain::hardware: return "a device is reached by a queue and a doorbell";
    case Domain::hardirq: return "an interrupt handler is reached by a notification";
    case Domain::softirq: return "a softirq is reached by a queue or a notification";
    case Domain::caller:
      return "a stage of domain caller is called by a softirq, the kernel or another of its kind";
    case Domain::kernel:
      return "the kernel is reached by a trap from the program, or by a queue and a wakeup";
    case Domain::user: return "the program is reached by a trap from the kernel, or by a queue and a wakeup";
  }
  return "";
}

void check_borders(const Path& path, const Hop& hop, Findings& found) {
  const Stage& from = path.stages[hop.from];
  const Stage& to = path.stages[hop.to];
  // A loop in the kernel lets the program run as one in the program does: the traps stand beside the call.
  const bool lets_run = each_batch(hop) && from.domain == Domain::kernel && to.work == Work::application &&
                        to.domain == Domain::user;
  if (std::holds_alternative<Call>(hop.hand) && !may_call(from.domain, to.domain) && !lets_run)
    found.push_back({hop.origin, fmt::format("call from {} to {}: a call stays in its context; {}",
                                             with_domain(from), with_domain(to), how_to_reach(to.domain))});
  if (std::holds_alternative<Trap>(hop.hand) && !may_trap(from.domain, to.domain))
    found.push_back(
        {hop.origin, fmt::format("trap from {} to {}: a trap crosses the border between user and kernel",
                                 with_domain(from), with_domain(to))});
}

// A packet goes on when it is there; only news can wait for the others.
void check_time(const Path& path, const Hop& hop, Findings& found) {
  if (!hop.at_batch_end) return;
  if (!std::holds_alternative<Notify>(hop.hand) && !std::holds_alternative<Trap>(hop.hand))
    found.push_back({hop.origin,
                     "at: batch end belongs to a notification or a system call: a packet does not "
                     "wait for the end"});
  if (path.stages[hop.from].domain == Domain::hardware)
    found.push_back({hop.origin, fmt::format("at: batch end, but {} works on one packet after the other",
                                             with_domain(path.stages[hop.from]))});
}

// A system call at the end of a batch tells the kernel something, and comes back.
void check_call_at_end(const Path& path, const Hop& hop, Findings& found) {
  if (!hop.at_batch_end || !std::holds_alternative<Trap>(hop.hand)) return;
  const Stage& called = path.stages[hop.to];
  int returns = 0;
  bool only_tells = called.work == Work::pass;
  for (const Hop& inside : path.hops) {
    if (inside.from != hop.to) continue;
    returns += std::holds_alternative<Trap>(inside.hand) ? 1 : 0;
    only_tells &= std::holds_alternative<Trap>(inside.hand) || std::holds_alternative<Notify>(inside.hand);
  }
  if (!only_tells || returns != 1)
    found.push_back(
        {hop.origin, fmt::format("'{}' is called at the end of a batch: expected a stage that only "
                                 "notifies, and one trap back",
                                 called.name)});
  if (sleeps_in_calls(path, hop.from))
    found.push_back(
        {hop.origin, fmt::format("at: batch end, but '{}' belongs to the thread of a program with "
                                 "sockets, which has no batches",
                                 path.stages[hop.from].name)});
}

// Bytes come to a socket from its program, and not from the wire.
void check_programs_own(const Path& path, const Hop& hop, Findings& found) {
  const Work to = path.stages[hop.to].work;
  const bool own = to == Work::write || to == Work::fetch || to == Work::reap;
  const bool by_packet = hop.when == Verdict::udp || hop.when == Verdict::tcp || hop.when == Verdict::icmp ||
                         hop.when == Verdict::forward || path.stages[hop.from].work == Work::protocol;
  if (own && by_packet && carries_on(hop))
    found.push_back(
        {hop.origin, fmt::format("'{}' has work: {}, and no packet comes there: expected a hop from the "
                                 "program",
                                 path.stages[hop.to].name, to_string(to))});
}

// What the protocol sends, its caller carries on at once.
void check_transmit(const Path& path, const Hop& hop, Findings& found) {
  const auto* queue = std::get_if<Queue>(&hop.hand);
  const bool carried = queue ? queue->drain == Drain::caller : carries_on(hop);
  if (hop.when != Verdict::transmit || carried) return;
  found.push_back(
      {hop.origin, fmt::format("when: transmit from '{}' to '{}': expected a call, or a queue with "
                               "drain: caller",
                               path.stages[hop.from].name, path.stages[hop.to].name)});
}

// Before it sleeps a thread goes where it can: into the kernel, or on in it. A program with sockets sleeps in
// its calls.
void check_rest(const Path& path, const Hop& hop, Findings& found) {
  if (hop.when != Verdict::empty) return;
  const bool goes = std::holds_alternative<Trap>(hop.hand) || (carries_on(hop));
  if (!goes)
    found.push_back({hop.origin, fmt::format("when: empty from '{}' to '{}': expected a trap or a call",
                                             path.stages[hop.from].name, path.stages[hop.to].name)});
  if (in_thread_of_sockets(path, hop.from))
    found.push_back(
        {hop.origin, fmt::format("when: empty, but '{}' belongs to the thread of a program with sockets, "
                                 "which sleeps in its system calls",
                                 path.stages[hop.from].name)});
}

// What waits on the program's side is taken outside the call in which the thread sleeps: it must get back
// there.
void check_return(const Path& path, const Hop& hop, Findings& found) {
  if (hop.when != Verdict::empty || !std::holds_alternative<Trap>(hop.hand)) return;
  const auto context = context_of(path, hop.from);
  bool waits_outside = false;
  for (StageId id = 0; id < path.stages.size(); ++id)
    waits_outside |= context[id] && path.stages[id].domain == Domain::user && takes_from_a_queue(path, id);
  const bool returns = std::ranges::any_of(path.hops, [&hop](const Hop& back) {
    return back.from == hop.to && std::holds_alternative<Trap>(back.hand);
  });
  if (waits_outside && !returns)
    found.push_back(
        {hop.origin, fmt::format("a thread sleeps in '{}' and never comes back from there: expected a "
                                 "trap that leaves it",
                                 path.stages[hop.to].name)});
  for (const Hop& other : path.hops)
    if (other.when == Verdict::empty && context[other.from] && other.from < hop.from)
      found.push_back(
          {hop.origin, fmt::format("a thread sleeps in '{}' and in '{}': expected one hop with when: "
                                   "empty",
                                   path.stages[other.to].name, path.stages[hop.to].name)});
}

// A packet goes one way at a time.
void check_onward(const Path& path, std::size_t at, Findings& found) {
  const auto onward = [](const Hop& hop) {
    return (carries_on(hop) || std::holds_alternative<Trap>(hop.hand)) && hop.when != Verdict::transmit &&
           hop.when != Verdict::empty && !hop.at_batch_end;  // what finds nothing has no packet
  };
  const Hop& hop = path.hops[at];
  for (std::size_t earlier = 0; earlier < at && onward(hop); ++earlier) {
    const Hop& other = path.hops[earlier];
    const bool both = hop.when == other.when || hop.when == Verdict::always || other.when == Verdict::always;
    if (other.from != hop.from || other.to == hop.to || !onward(other) || !both) continue;
    found.push_back(
        {hop.origin,
         fmt::format("'{}' goes on to '{}' and to '{}' with the same verdict: expected "
                     "one call or trap for each verdict",
                     path.stages[hop.from].name, path.stages[other.to].name, path.stages[hop.to].name)});
  }
}

bool same_hop(const Hop& a, const Hop& b) {
  return a.from == b.from && a.to == b.to && a.when == b.when && a.at_batch_end == b.at_batch_end &&
         a.hand == b.hand;
}

}  // namespace

void check_hops(const Path& path, Findings& found) {
  for (std::size_t h = 0; h < path.hops.size(); ++h) {
    const Hop& hop = path.hops[h];
    check_borders(path, hop, found);
    check_time(path, hop, found);
    check_transmit(path, hop, found);
    check_call_at_end(path, hop, found);
    check_programs_own(path, hop, found);
    check_rest(path, hop, found);
    check_return(path, hop, found);
    check_onward(path, h, found);
    for (std::size_t earlier = 0; earlier < h; ++earlier) {
      if (!same_hop(path.hops[earlier], hop)) continue;
      found.push_back({hop.origin, fmt::format("the hop from '{}' to '{}' is there twice",
                                               path.stages[hop.from].name, path.stages[hop.to].name)});
      break;
    }
  }
}

}  // namespace ringside::path
