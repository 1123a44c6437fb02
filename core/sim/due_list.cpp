// The due list: sorting a slot, gaps, and room.
#include "ringside/sim/due_list.hpp"

#include <algorithm>
#include <span>

namespace ringside::sim {

void DueList::sort() { std::ranges::sort(events_, before); }

void DueList::erase(const Timer& timer) {
  const Event wanted{to_ticks(timer.at_), timer.sequence_, nullptr};
  const auto pending = std::span{events_}.subspan(head_);
  std::ranges::lower_bound(pending, wanted, before)->timer = nullptr;
  skip_cancelled();
}

void DueList::compact() {
  events_.erase(events_.begin(), events_.begin() + static_cast<std::ptrdiff_t>(head_));
  std::erase_if(events_, [](const Event& event) { return event.timer == nullptr; });
  head_ = 0;
}

void DueList::clear() {
  events_.clear();
  head_ = 0;
  limit_ = usual_limit;
}

}  // namespace ringside::sim
