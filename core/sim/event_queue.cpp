// The event queue, and the timers' way into it.
#include "ringside/sim/event_queue.hpp"

#include <cassert>
#include <vector>

namespace ringside::sim {

EventQueue::~EventQueue() { assert(pending_ == 0 && "a timer outlives its queue"); }

void EventQueue::run() {
  stopped_ = false;
  while (!stopped_ && step()) {
  }
}

void EventQueue::run_until(Time t) {
  assert(t >= now_);
  stopped_ = false;
  while (!stopped_ && find_due(t)) run_front();
  if (!stopped_) now_ = t;
}

bool EventQueue::step() {
  if (!find_due(end_of_time)) return false;
  run_front();
  return true;
}

std::optional<Time> EventQueue::next() const {
  if (!due_.empty()) return to_time(due_.front().at);
  if (!wheel_.empty()) return to_time(wheel_.earliest(wheel_.first()));
  return std::nullopt;
}

// Brings the earliest event to the front of the due list. False: it is later than `limit`, or there is none.
// No slot is opened that starts after `limit`: the wheel's cursor never passes now(), where the next schedule
// call may fall.
bool EventQueue::find_due(Time limit) {
  while (due_.empty()) {
    if (wheel_.empty()) return false;
    const TimingWheel::Slot slot = wheel_.first();
    if (wheel_.start(slot) > to_ticks(limit)) return false;
    if (wheel_.crowded(slot)) {
      wheel_.spread(slot);
    } else {
      due_end_ = wheel_.end(slot);
      due_.refill([&](std::vector<Event>& out) { wheel_.take(slot, out); });
    }
  }
  return to_time(due_.front().at) <= limit;
}

void EventQueue::run_front() {
  const Event event = due_.front();
  Timer& timer = *event.timer;
  due_.pop_front();
  now_ = to_time(event.at);
  timer.sequence_ = 0;
  --pending_;
  ++executed_;
  timer.handler_(timer.context_, now_);  // may destroy the timer
}

void EventQueue::schedule(Timer& timer, Time at) {
  assert(at >= now_);
  if (timer.pending()) cancel(timer);
  timer.at_ = at;
  timer.sequence_ = ++sequence_;
  ++pending_;
  insert({to_ticks(at), timer.sequence_, &timer});
}

void EventQueue::insert(const Event& event) {
  if (event.at < due_end_ && due_.full()) make_room_in_due();
  if (event.at < due_end_) {
    due_.insert(event);
  } else {
    wheel_.insert(event);
  }
}

void EventQueue::cancel(Timer& timer) {
  if (to_ticks(timer.at_) < due_end_) {
    due_.erase(timer);
  } else {
    wheel_.erase(timer);
  }
  timer.sequence_ = 0;
  --pending_;
}

void EventQueue::make_room_in_due() {
  due_.compact();
  if (due_.roomy()) return;
  if (due_end_ - wheel_.cursor() == 1) return due_.extend();  // one tick: nothing finer, and insert() appends
  for (const Event& event : due_.events()) wheel_.insert(event);
  due_.clear();
  due_end_ = wheel_.cursor();
}

void Timer::schedule(Time at) { queue_.schedule(*this, at); }
void Timer::withdraw() { queue_.cancel(*this); }

}  // namespace ringside::sim
