// Programs: a thread runs an application, sleeps in its system calls, and is woken by what arrives.
#include <algorithm>
#include <utility>

#include "walk.hpp"

namespace ringside::host {

using path::Work;

void Host::start(Application& application) {
  const Time now = simulation_.events.now();
  application.start(sockets_, now);
  if (path_.application == path::nowhere) return arm_protocol_timer(now);  // no road leads to it
  const path::ContextId context = path_.stages[path_.application].context;
  if (!path_.contexts[context].program && !path_.contexts[context].loop) {
    ring_program_ = &application;
    return arm_protocol_timer(now);
  }
  Thread& thread = threads_.emplace_back();
  thread.host = this;
  thread.core = application_core_;
  thread.application = &application;
  thread.job = {
      .level = hw::Level::thread, .begin = begin_program, .finish = finish_program, .context = &thread};
  thread.alarm.emplace(
      simulation_.events,
      [](void* self, Time) {
        auto& sleeper = *static_cast<Thread*>(self);
        sleeper.host->rouse(sleeper);
      },
      &thread);
  if (path_.contexts[context].loop) {
    thread.loop = &near_application(context);
    thread.instance = thread.loop->instance;
    thread.loop->programs.push_back(&thread);
  }
  rouse(thread);
  arm_protocol_timer(now);
}

// What the kernel keeps for a program outlives it; what a program keeps for itself does not.
void Host::crash(Application& application) {
  for (Thread& thread : threads_)
    if (thread.application == &application) thread.crashed = true;
  if (path_.has_stack_in_user()) {
    program_gone_ = true;
    for (const auto& states : contexts_)
      for (const auto& context : states)
        if (path_.contexts[context->id].loop) cores_[context->core]->cut_short(context->job);
    return;
  }
  const Time now = simulation_.events.now();
  application.crash(sockets_, now);
  while (const auto change = next_window_change()) log(*change);
  arm_protocol_timer(now);
}

void Host::rouse(Thread& thread) {
  if (thread.loop) return raise(*thread.loop);
  cores_[thread.core]->raise(thread.job);
}

// Where it starts, or in the system call in which it has waited.
path::StageId Host::goes_on_at(Thread& thread) const {
  const path::StageId call = std::exchange(thread.waits_at, path::nowhere);
  return call == path::nowhere ? path_.application : call;
}

std::optional<hw::Piece> Host::begin_program(void* self, Time now) {
  auto& thread = *static_cast<Thread*>(self);
  Host& host = *thread.host;
  if (host.stays_asleep(thread, now)) return std::nullopt;
  Walk{host, thread, now}.follow(host.goes_on_at(thread), nullptr);
  return thread.activation.piece();
}

// Whether the thread has nothing to go on with: it pauses, its system call waits, or it is done.
bool Host::stays_asleep(Thread& thread, Time now) {
  Application& program = *thread.application;
  if (thread.lost || thread.crashed) return true;
  if (thread.paused) {
    if (now < program.wakes_at()) return true;
    thread.paused = false;
  }
  if (thread.waits_at == path::nowhere) return program.finished() && thread.completed.empty();
  if (ready(thread, thread.waits_at)) {
    thread.alarm->cancel();
    return false;
  }
  const Time until = program.wakes_at();
  if (now < until) {
    if (until != end_of_time) thread.alarm->schedule(until);
    return true;
  }
  program.read_timed_out(now);
  thread.waits_at = path::nowhere;
  return false;
}

void Host::finish_program(void* self, Time now) {
  auto& thread = *static_cast<Thread*>(self);
  thread.host->counts_.threads += thread.job.piece.length;
  thread.host->commit(thread.activation, thread.job, now);
}

// Whether a system call that waits at `stage` would return.
bool Host::ready(const Thread& thread, path::StageId stage) {
  Application& program = *thread.application;
  if (path_.stages[stage].work == Work::write) return program.can_write(sockets_);
  if (path_.stages[stage].work == Work::fetch) return program.can_fetch();
  if (path_.stages[stage].work == Work::reap) return program.can_reap(sockets_);
  if (!program.reads_datagrams()) return program.can_read(sockets_);
  return socket_with_datagram(thread) != path::nowhere;
}

// The first of the queues that its socket calls take from.
path::QueueId Host::socket_with_datagram(const Thread& thread) const {
  const auto& inputs = path_.contexts[path_.stages[path_.application].context].inputs;
  const auto first = std::ranges::find_if(inputs, [&](path::QueueId id) {
    return path_.stages[path_.queues[id].consumer].work == Work::read &&
           queues_[id][thread.instance].waiting > 0;
  });
  return first == inputs.end() ? path::nowhere : *first;
}

void Host::wake(Thread& thread) {
  if (thread.job.raised || !ready(thread, thread.waits_at)) return;
  count_wakeup(thread.core);
  rouse(thread);
}

}  // namespace ringside::host
