// A timer: the only thing that can be scheduled. It lives inside its owner (a core, a link, the deadline of a
// protocol stack), so an event costs no allocation, and an owner that goes away takes its events with it.
#pragma once

#include <cassert>
#include <cstdint>

#include "ringside/units/time.hpp"

namespace ringside::sim {

class EventQueue;
struct Event;

class Timer {
 public:
  using Handler = void (*)(void* context, Time now);

  // The queue and the context outlive the timer.
  Timer(EventQueue& queue, Handler handler, void* context)
      : queue_{queue}, handler_{handler}, context_{context} {}
  ~Timer() { cancel(); }
  Timer(const Timer&) = delete;
  Timer& operator=(const Timer&) = delete;

  // Timer done_ = Timer::bind<&Core::on_done>(queue, this);
  template <auto Method, class Owner>
  static Timer bind(EventQueue& queue, Owner* owner) {
    return Timer{queue, [](void* self, Time now) { (static_cast<Owner*>(self)->*Method)(now); }, owner};
  }

  // Arms the timer, or moves it if it is pending. Events of one time run in the order of their schedule
  // calls, and a move counts as a new call. `at` is not before the queue's now().
  void schedule(Time at);
  void cancel() {
    if (pending()) withdraw();
  }

  // A timer is no longer pending when its handler is called.
  bool pending() const { return sequence_ != 0; }
  Time at() const { return assert(pending()), at_; }

 private:
  friend class EventQueue;
  friend class DueList;
  friend class TimingWheel;

  void withdraw();

  EventQueue& queue_;
  Handler handler_;
  void* context_;
  Time at_{};
  std::uint64_t sequence_ = 0;  // number of the schedule call; 0: not pending
  Event* place_ = nullptr;      // where the wheel keeps the event; without meaning once the event is due
};

}  // namespace ringside::sim
