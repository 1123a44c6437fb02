// The discrete-event core: virtual time, and the timers pending on it, run in the exact order
// (time, sequence of the schedule call).
//
// Far events wait in a timing wheel. The earliest occupied slot is opened: its few events move to the sorted
// due list, which also receives what is scheduled before the slot's end. Should that list grow long (a wide
// slot, then many close events), the slot is closed again and its events go back to the wheel, now at a finer
// level. Scheduling, moving and cancelling take constant time; nothing allocates once the pending set has had
// its size.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "ringside/sim/due_list.hpp"
#include "ringside/sim/event.hpp"
#include "ringside/sim/timer.hpp"
#include "ringside/sim/timing_wheel.hpp"
#include "ringside/units/time.hpp"

namespace ringside::sim {

class EventQueue {
 public:
  EventQueue() = default;
  ~EventQueue();
  EventQueue(const EventQueue&) = delete;
  EventQueue& operator=(const EventQueue&) = delete;

  // The time of the event that runs, or ran last; after run_until(t), t.
  Time now() const { return now_; }

  // Runs the earliest event. False: none is pending.
  bool step();
  // Runs all events up to and including `t`, which is not before now(); then now() == t, unless stopped.
  void run_until(Time t);
  // Runs until nothing is pending, or until stopped.
  void run();
  // For handlers: run() or run_until() returns once the handler has, with now() at its event.
  void stop() { stopped_ = true; }

  std::uint64_t executed() const { return executed_; }
  std::size_t pending() const { return pending_; }
  // The time of the earliest event. Looks through one slot: for displays and tests, not for the hot loop.
  std::optional<Time> next() const;

 private:
  friend class Timer;

  void schedule(Timer& timer, Time at);
  void cancel(Timer& timer);
  void insert(const Event& event);
  void make_room_in_due();
  bool find_due(Time limit);
  void run_front();

  DueList due_;
  Ticks due_end_ = 0;  // events before this go to the due list, all others to the wheel
  TimingWheel wheel_;
  Time now_ = start_of_time;
  std::uint64_t sequence_ = 0;
  std::uint64_t executed_ = 0;
  std::size_t pending_ = 0;
  bool stopped_ = false;
};

}  // namespace ringside::sim
