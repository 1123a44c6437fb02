// The events of the slot being worked off, earliest first: a short sorted array, consumed from its head.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "ringside/sim/event.hpp"

namespace ringside::sim {

class DueList {
 public:
  bool empty() const { return head_ == events_.size(); }
  const Event& front() const { return events_[head_]; }
  void pop_front() {
    ++head_;
    skip_cancelled();
  }

  // Starts afresh with what `collect` appends to the array it is given. The list was empty.
  template <class Collect>
  void refill(Collect collect);

  // The event was scheduled last of all: it runs after those of its own time.
  void insert(const Event& event);
  // The timer's event is in the list. It leaves a gap: closing it would cost the length of the list.
  void erase(const Timer& timer);

  // Too long for insert() to stay cheap. What helps, in this order: drop the gaps and the consumed head; if
  // that leaves no room worth the work, empty the list, or allow it twice the length.
  bool full() const { return events_.size() >= limit_; }
  void compact();
  bool roomy() const { return events_.size() <= limit_ / 2; }
  std::span<const Event> events() const { return events_; }  // after compact(): those pending
  void clear();
  void extend() { limit_ = 2 * events_.size(); }

 private:
  static constexpr std::size_t usual_limit = 64;

  void sort();
  void skip_cancelled() {
    while (head_ < events_.size() && events_[head_].timer == nullptr) ++head_;
  }

  std::vector<Event> events_;  // from head_ on sorted by before(); a cancelled event has no timer
  std::size_t head_ = 0;
  std::size_t limit_ = usual_limit;
};

template <class Collect>
void DueList::refill(Collect collect) {
  clear();
  collect(events_);
  sort();
}

// One pass from the back: the list is short, and what is scheduled now usually runs late.
inline void DueList::insert(const Event& event) {
  events_.push_back(event);
  Event* place = &events_.back();
  Event* const first = &events_[head_];
  for (; place != first && place[-1].at > event.at; --place) *place = place[-1];
  *place = event;
}

}  // namespace ringside::sim
