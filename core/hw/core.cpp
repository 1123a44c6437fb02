#include "ringside/hw/core.hpp"

#include <algorithm>
#include <utility>

namespace ringside::hw {

namespace {
constexpr std::size_t index(Level level) { return static_cast<std::size_t>(level); }
constexpr Level all_levels_down[] = {Level::hardirq, Level::softirq, Level::thread};
}  // namespace

Time Job::when(Duration offset) const {
  const Duration into_piece = switched + offset;
  Time at = begun + into_piece;
  for (const Gap& gap : gaps)
    if (gap.done < into_piece) at += gap.length;
  return at;
}

void Core::List::push(Job& job) {
  job.next = nullptr;
  (head ? tail->next : head) = &job;
  tail = &job;
}

Job& Core::List::pop() {
  Job& job = *head;
  head = job.next;
  return job;
}

void Core::raise(Job& job) {
  if (job.raised) return;
  job.raised = true;
  if (job.level == Level::thread) {
    if (const Job* spinning = held_[index(Level::thread)];
        spinning && spinning->has_piece && spinning->piece.spins)
      least_runtime_ = std::max(least_runtime_, spinning->virtual_runtime + done_by_now(*spinning));
    job.virtual_runtime = std::max(job.virtual_runtime, least_runtime_ - costs_.sleeper_credit);
    job.slice_used = Duration{0};
  }
  waiting_[index(job.level)].push(job);
  bound_spinning();
  if (running_) rearm(*running_);
  if (dispatching_) return;  // a handler of this core raised it: the loop in dispatch() goes on to it
  const Time now = events_.now();
  if (!idle_) return dispatch(now);
  const bool deep = now - vacant_since_ >= costs_.deep_idle_after;
  const Duration exit = deep ? costs_.deep_idle_exit : costs_.idle_exit;
  if (exit == Duration{0}) {
    idle_ = false;
    dispatch(now);
  } else if (!timer_.pending()) {
    timer_.schedule(now + exit);
  }
}

// Runs whatever has the highest claim, until a piece takes time or nothing is left.
void Core::dispatch(Time now) {
  dispatching_ = true;
  while (start_something(now)) {
    bound_spinning();
    if (running_->piece.length == forever) break;
    if (running_->piece.length > running_->done) {
      timer_.schedule(now + (running_->piece.length - running_->done));
      break;
    }
    finish(now);
  }
  dispatching_ = false;
  if (running_) return;
  idle_ = true;
  last_thread_ = nullptr;  // the idle thread's context is loaded
}

// Gives the core to the job with the highest claim. False: nothing changes, since it runs already or none is
// there.
bool Core::start_something(Time now) {
  for (const Level level : all_levels_down) {
    if (running_ && running_->level >= level) return false;
    while (Job* job = pick(level)) {
      if (running_) suspend(now);
      held_[index(level)] = job;
      if (!job->has_piece) {
        const auto piece = job->begin(job->context, now);
        if (!piece) {  // no work left
          held_[index(level)] = nullptr;
          job->raised = job->again;
          if (std::exchange(job->again, false)) waiting_[index(level)].push(*job);
          continue;
        }
        job->piece = *piece;
        job->done = job->switched = job->user_accounted = Duration{0};
        job->begun = now;
        job->has_piece = true;
        job->gaps.clear();
      }
      run(*job, now);
      return true;
    }
  }
  return false;
}

Job* Core::pick(Level level) {
  if (Job* held = held_[index(level)]) return held;
  if (waiting_[index(level)].empty()) return nullptr;
  return level == Level::thread ? &pick_thread() : &waiting_[index(level)].pop();
}

// The thread that has had least of the core; among equals, the one that has waited longest.
Job& Core::pick_thread() {
  List& list = waiting_[index(Level::thread)];
  Job* before_best = nullptr;
  for (Job *before = nullptr, *job = list.head; job; before = job, job = job->next)
    if (Job* best = before_best ? before_best->next : list.head; job->virtual_runtime < best->virtual_runtime)
      before_best = before;
  Job& best = before_best ? *before_best->next : list.pop();
  if (before_best) {
    before_best->next = best.next;
    if (list.tail == &best) list.tail = before_best;
  }
  least_runtime_ = std::max(least_runtime_, best.virtual_runtime);
  return best;
}

void Core::run(Job& job, Time now) {
  if (job.interrupted) job.gaps.push_back({job.done, now - job.suspended});
  job.interrupted = false;
  if (job.level == Level::thread) {
    if (waiting_[index(Level::thread)].empty())
      least_runtime_ = std::max(least_runtime_, job.virtual_runtime);
    if (last_thread_ != &job) {
      last_thread_ = &job;
      ++usage_.context_switches;
      if (switch_observer_) switch_observer_(observed_by_, number_, now);
      if (job.piece.length != forever) job.piece.length += costs_.context_switch;
      job.switched += costs_.context_switch;
    }
  }
  usage_.idle += now - vacant_since_;
  running_ = &job;
  resumed_ = now;
}

// The part of a piece's user time that falls into its first `done`: spread evenly over the piece.
Duration Core::user_part(const Job& job, Duration done) {
  if (done >= job.piece.length) return job.piece.user;
  __extension__ using Wide = __int128;
  const Wide product = Wide{job.piece.user.count()} * done.count();
  return Duration{static_cast<std::int64_t>(product / job.piece.length.count())};
}

void Core::account(Job& job, Time now) {
  const Duration time = now - resumed_;
  resumed_ = now;
  job.done += time;
  usage_.busy[index(job.level)] += time;
  Duration user{};
  if (job.level == Level::thread) {
    const Duration so_far = user_part(job, job.done);
    user = so_far - job.user_accounted;
    usage_.user += user;
    job.user_accounted = so_far;
  }
  if (observer_ && time > Duration{0}) observer_(observed_by_, number_, job.level, now, time, user);
}

Time Core::earliest_begun() const {
  Time first = end_of_time;
  for (const Job* job : held_)
    if (job && job->has_piece && !job->piece.spins) first = std::min(first, job->begun);
  for (const List& list : waiting_)  // a thread that has had to give way in the middle of a piece
    for (const Job* job = list.head; job; job = job->next)
      if (job->has_piece && !job->piece.spins) first = std::min(first, job->begun);
  return first;
}

void Core::suspend(Time now) {
  timer_.cancel();
  account(*running_, now);
  running_->suspended = now;
  running_->interrupted = true;
  running_ = nullptr;
  vacant_since_ = now;
}

void Core::finish(Time now) {
  Job& job = *running_;
  account(job, now);
  job.has_piece = false;
  running_ = nullptr;
  vacant_since_ = last_active_ = now;
  if (job.level == Level::thread) {
    job.virtual_runtime += job.piece.length;
    job.slice_used += job.piece.length;
  }
  job.finish(job.context, now);
  if (job.level == Level::thread && !job.piece.keeps_core) yield_thread_if_others_wait();
}

Duration Core::done_by_now(const Job& job) const {
  return running_ == &job ? job.done + (events_.now() - resumed_) : job.done;
}

void Core::cut_short(Job& job) {
  if (!job.has_piece || !job.piece.spins) return;
  spin_until(job, done_by_now(job));
  rearm(job);
}

// The running piece has another length than when its timer was set.
void Core::rearm(const Job& job) {
  if (running_ != &job || !job.piece.spins || job.piece.length == forever) return;
  timer_.schedule(events_.now() + (job.piece.length - done_by_now(job)));
}

// The piece ends with the look under way when so much of it is done.
void Core::spin_until(Job& job, Duration done) {
  const Duration looked = std::max(done - job.switched, Duration{0});
  const auto looks =
      job.piece.look > Duration{0} ? (looked + job.piece.look - Duration{1}) / job.piece.look : 0;
  const Duration end = job.switched + (job.piece.look > Duration{0} ? looks * job.piece.look : looked);
  if (end >= job.piece.length) return;
  const bool user = job.piece.user > Duration{0};
  job.piece.length = end;
  job.piece.user = user ? end : Duration{0};
}

// Who spins would never give the core away by itself: its turn ends when that of a thread that works would.
void Core::bound_spinning() {
  Job* held = held_[index(Level::thread)];
  if (!held || !held->has_piece || !held->piece.spins || waiting_[index(Level::thread)].empty()) return;
  const Duration done = done_by_now(*held);
  const Duration turn = std::max(costs_.slice - held->slice_used, Duration{0});
  spin_until(*held, must_give_way(*held, done) ? done : std::max(done, turn));
}

bool Core::must_give_way(const Job& held, Duration done) const {
  if (held.slice_used + done >= costs_.slice) return true;
  for (const Job* other = waiting_[index(Level::thread)].head; other; other = other->next)
    if (other->virtual_runtime + costs_.wakeup_granularity < held.virtual_runtime + done) return true;
  return false;
}

void Core::yield_thread_if_others_wait() {
  Job* held = held_[index(Level::thread)];
  List& others = waiting_[index(Level::thread)];
  if (!held) return;
  if (others.empty()) {  // a turn is counted only while others wait for theirs
    held->slice_used = Duration{0};
    return;
  }
  if (!must_give_way(*held, Duration{0})) return;
  held->slice_used = Duration{0};
  held_[index(Level::thread)] = nullptr;
  others.push(*held);
}

void Core::on_timer(Time now) {
  if (idle_) {
    idle_ = false;
    return dispatch(now);
  }
  dispatching_ = true;
  finish(now);
  dispatch(now);
}

Core::Usage Core::usage(Time until) const {
  Usage usage = usage_;
  const Time now = std::min(events_.now(), until);
  if (!running_) {
    usage.idle += std::max(now - vacant_since_, Duration{0});
    return usage;
  }
  if (now < resumed_) return usage;
  usage.busy[index(running_->level)] += now - resumed_;
  if (running_->level == Level::thread)
    usage.user += user_part(*running_, running_->done + (now - resumed_)) - running_->user_accounted;
  return usage;
}

}  // namespace ringside::hw
