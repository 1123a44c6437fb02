// Contexts that are driven by their queues: interrupt handlers, softirqs, and daemons such as a packet filter
// in user space. They work in batches: an interrupt, a poll, a wake-up.
#include <algorithm>
#include <utility>

#include "walk.hpp"

namespace ringside::host {

using path::Raise;

// The next piece of the context's batch. `again`: the quota is spent, others have their turn first. `over`:
// nothing is left to do.
Host::Turn Host::next_piece(ContextState& context, Time now) {
  const auto& row = path_.contexts[context.id];
  if (!context.in_batch) {
    if (context.waits && !has_work(context)) return Turn::over;
    context.in_batch = context.fresh = true;
    context.raised_again = false;
    context.input = 0;
    context.taken = 0;
    context.step = 0;
    if (!row.unmasks.empty()) ++counts_.polls;
  }
  Walk walk{*this, context, now};
  if (std::exchange(context.fresh, false)) {
    context.waits = false;
    walk.spend(row.per_batch, row.domain);
    counts_.stages[row.entry].time += row.per_batch;
    if (context.inputs.empty() && !row.loop) {
      walk.follow(row.entry, nullptr);
      return Turn::piece;
    }
  }
  for (; context.input < context.inputs.size(); ++context.input) {  // each once a batch, in turn
    const auto [id, instance] = context.inputs[context.input];
    const auto& input = path_.queues[id];
    if (!may_take(id, instance) || (input.budget > 0 && context.taken == input.budget)) {
      context.taken = 0;
      continue;
    }
    ++context.taken;
    context.spun = false;
    if (!row.unmasks.empty() && input.returns == path::nowhere) ++counts_.polled_packets;
    walk.change_sides(row, path_.stages[input.consumer].domain);
    walk.take_from(id, instance);
    return Turn::piece;
  }
  if (row.loop && next_step(context, now)) return Turn::piece;
  if (!context.trains.empty()) {
    walk.let_go_first();
    return Turn::piece;
  }
  if (!context.at_end.empty()) {
    walk.end_batch();
    return Turn::piece;
  }
  if (context.activation.cost > Duration{0}) return Turn::piece;  // it looked, and found nothing
  context.in_batch = false;
  return has_work(context) || (context.inputs.empty() && context.raised_again) ? Turn::again : Turn::over;
}

// What a loop does behind the packets of a batch: the protocols' timers, then each program until its calls
// would block.
bool Host::next_step(ContextState& context, Time now) {
  if (context.step == 0) {
    ++context.step;
    if (timers_due(context)) {
      Walk{*this, context, now}.follow(path_.timer, nullptr);
      return true;
    }
  }
  for (; context.step <= context.programs.size(); ++context.step) {
    Thread& thread = *context.programs[context.step - 1];
    if (stays_asleep(thread, now)) continue;
    Walk{*this, context, thread, now}.follow(goes_on_at(thread), nullptr);
    return true;
  }
  return false;
}

bool Host::timers_due(const ContextState& context) const {
  if (path_.timer == path::nowhere || path_.stages[path_.timer].context != context.id) return false;
  if (stack_waits_at_ != path::nowhere && stack_must_wait()) return false;
  const auto deadline = stack_.deadline();
  return stack_.any_timed_out() || (deadline && *deadline <= simulation_.events.now());
}

std::optional<hw::Piece> Host::begin_context(void* self, Time now) {
  auto& context = *static_cast<ContextState*>(self);
  Host& host = *context.host;
  if (host.program_gone_ && host.path_.contexts[context.id].loop) return std::nullopt;
  switch (host.next_piece(context, now)) {
    case Turn::piece: return context.activation.piece();
    case Turn::over: host.end_batch(context); return host.rest(context, now);
    case Turn::again: break;
  }
  const auto& row = host.path_.contexts[context.id];
  const SoftirqCore& softirq = host.softirq(context.core);
  if (row.demote_after > Duration{0} && now - softirq.since >= row.demote_after)
    host.demote(context);
  else
    context.job.again = true;
  return std::nullopt;
}

// A thread that watches its queues looks again, for as long as it may without a packet. Then it goes where it
// can sleep, and sleeps there.
std::optional<hw::Piece> Host::rest(ContextState& context, Time now) {
  const auto& row = path_.contexts[context.id];
  const bool may_spin = row.spin == forever || (row.spin > Duration{0} && !context.spun);
  if (may_spin && !context.waits) {
    context.spun = true;
    return hw::Piece{.length = row.spin,
                     .user = row.domain == path::Domain::user ? row.spin : Duration{0},
                     .spins = true,
                     .look = row.per_batch};
  }
  if (row.wait == path::nowhere || std::exchange(context.waits, true)) return std::nullopt;
  Walk{*this, context, now}.enter_wait(row);
  return context.activation.piece();
}

bool Host::may_take(path::QueueId id, std::uint16_t instance) const {
  return queues_[id][instance].waiting > 0 && room_behind(path_.queues[id], instance);
}

bool Host::has_work(const ContextState& context) {
  if (path_.contexts[context.id].loop) {
    const auto runs = [&](Thread* thread) { return !stays_asleep(*thread, simulation_.events.now()); };
    if (timers_due(context) || std::ranges::any_of(context.programs, runs)) return true;
  }
  return std::ranges::any_of(context.inputs,
                             [this](const Input& input) { return may_take(input.queue, input.instance); });
}

// There is room again behind what a thread takes from.
void Host::wake_held(path::ContextId held) {
  for (const auto& context : contexts_[held]) {
    if (!has_work(*context)) continue;
    if (context->job.raised)
      cores_[context->core]->cut_short(context->job);
    else
      raise(*context);
  }
}

void Host::tell_who_spins(path::QueueId id, std::uint16_t instance) {
  const auto& row = path_.queues[id];
  if (row.context == path::nowhere || path_.contexts[row.context].spin == Duration{0}) return;
  if (path_.contexts[row.context].program || !may_take(id, instance)) return;
  const bool a_ring = row.scope == path::Scope::nic_queue;
  ContextState& context = *contexts_[row.context][a_ring ? core_of(instance) : instance];
  cores_[context.core]->cut_short(context.job);
}

void Host::finish_context(void* self, Time now) {
  auto& context = *static_cast<ContextState*>(self);
  if (context.job.level == hw::Level::thread) context.host->counts_.threads += context.job.piece.length;
  context.host->commit(context.activation, context.job, now);
}

// The context ran out of work: its interrupts may come again.
void Host::end_batch(ContextState& context) {
  if (context.job.level == hw::Level::softirq && !context.demoted) --softirq(context.core).raised;
  for (const path::ContextId handler : path_.contexts[context.id].unmasks)
    lines_[handler][context.instance]->unmask();
}

// What lasts too long as a softirq goes on as a thread, which must share the core (ksoftirqd, since 2.4.10).
void Host::demote(ContextState& context) {
  SoftirqCore& own = softirq(context.core);
  --own.raised;
  context.demoted = true;
  own.demoted.push_back(&context);
  own.core->raise(own.ksoftirqd);
}

// Threads that were woken meanwhile come between two batches, and not between two packets: a poll runs with
// bottom halves off (run_ksoftirqd(), cond_resched()).
std::optional<hw::Piece> Host::begin_ksoftirqd(void* self, Time now) {
  auto& softirq = *static_cast<SoftirqCore*>(self);
  while (!softirq.demoted.empty()) {
    ContextState& context = *softirq.demoted.front();
    switch (context.host->next_piece(context, now)) {
      case Turn::piece: {
        hw::Piece piece = context.activation.piece();
        piece.keeps_core = true;
        return piece;
      }
      case Turn::again:
        softirq.demoted.pop_front();
        softirq.demoted.push_back(&context);
        softirq.ksoftirqd.again = true;
        return std::nullopt;
      case Turn::over:
        softirq.demoted.pop_front();
        context.host->end_batch(context);
        context.demoted = false;
        break;
    }
  }
  return std::nullopt;
}

void Host::finish_ksoftirqd(void* self, Time now) {
  auto& softirq = *static_cast<SoftirqCore*>(self);
  ContextState& context = *softirq.demoted.front();
  context.host->commit(context.activation, softirq.ksoftirqd, now);
}

// A context has work. While ksoftirqd is at it, softirqs of its core are left to it (invoke_softirq()).
void Host::raise(ContextState& context) {
  if (context.demoted || context.job.raised) {
    context.raised_again = true;
    if (path_.contexts[context.id].loop) cores_[context.core]->cut_short(context.job);
    return;
  }
  if (context.job.level == hw::Level::softirq) {
    SoftirqCore& own = softirq(context.core);
    if (own.ksoftirqd.raised) {
      context.demoted = true;
      own.demoted.push_back(&context);
      return;
    }
    if (own.raised++ == 0) own.since = simulation_.events.now();
  }
  if (context.job.level == hw::Level::thread) count_wakeup(context.core);
  cores_[context.core]->raise(context.job);
}

void Host::notify(path::NotifyId id, std::uint16_t instance) {
  const auto& row = path_.notifies[id];
  switch (row.raise) {
    case Raise::interrupt: return lines_[row.context][instance]->happened(row.cause);
    case Raise::doorbell:
      if (path_.stages[row.target].work == path::Work::load) return ring_disk(row.target);
      return ring_doorbell(instance);
    case Raise::softirq: return raise(*contexts_[row.context][instance]);
    case Raise::wakeup:
      if (!path_.contexts[row.context].program) return raise(*contexts_[row.context][instance]);
      for (Thread& thread : threads_)
        if (thread.waits_at == row.target) wake(thread);
      return;
    case Raise::restart: return;  // done while walking
  }
}

// Whether anyone is woken by this. Who waits for room, or for memory that was lent, sleeps on until there is
// enough of it.
std::optional<std::uint16_t> Host::asleep(path::NotifyId id, std::uint16_t instance) {
  const auto& row = path_.notifies[id];
  if (!path_.contexts[row.context].program) {
    const ContextState& context = *contexts_[row.context][instance];
    return context.job.raised ? std::nullopt : std::optional{context.core};
  }
  const path::Work awaited = path_.stages[row.target].work;
  const bool enough = awaited == path::Work::write || awaited == path::Work::reap;
  const auto sleeper = std::ranges::find_if(threads_, [&](const Thread& thread) {
    return thread.waits_at == row.target && !thread.job.raised && (!enough || ready(thread, row.target));
  });
  return sleeper == threads_.end() ? std::nullopt : std::optional{sleeper->core};
}

// The stack says when it wants to be called although nothing arrives; the timer softirq then does.
void Host::arm_protocol_timer(Time now) {
  if (path_.timer == path::nowhere) return;
  const auto deadline = stack_.any_timed_out() ? std::optional{now} : stack_.deadline();
  if (!deadline) return protocol_timer_.cancel();
  // What is due now is waiting for room, and goes as soon as there is some.
  if (stack_waits_at_ != path::nowhere && *deadline <= now) return;
  const Time at = std::max(*deadline, now);
  if (!protocol_timer_.pending() || protocol_timer_.at() != at) protocol_timer_.schedule(at);
}

void Host::protocol_deadline(Time) { raise(near_application(path_.stages[path_.timer].context)); }

}  // namespace ringside::host
