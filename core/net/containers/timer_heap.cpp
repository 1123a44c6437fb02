// The indexed heap of deadlines.
#include "containers/timer_heap.hpp"

namespace ringside::net {

Time TimerHeap::deadline(Key key) const {
  if (key >= place_of_.size() || place_of_[key] == absent) return end_of_time;
  return heap_[place_of_[key]].at;
}

void TimerHeap::set(Key key, Time at) {
  if (key >= place_of_.size()) place_of_.resize(key + 1, absent);
  if (place_of_[key] == absent) {
    heap_.emplace_back();
    return sift_up(static_cast<std::uint32_t>(heap_.size() - 1), {at, key});
  }
  const std::uint32_t place = place_of_[key];
  at < heap_[place].at ? sift_up(place, {at, key}) : sift_down(place, {at, key});
}

void TimerHeap::cancel(Key key) {
  if (key >= place_of_.size() || place_of_[key] == absent) return;
  const std::uint32_t place = place_of_[key];
  place_of_[key] = absent;
  const Entry last = heap_.back();
  heap_.pop_back();
  if (last.key == key) return;
  last < heap_[place] ? sift_up(place, last) : sift_down(place, last);
}

void TimerHeap::put(std::uint32_t place, Entry entry) {
  heap_[place] = entry;
  place_of_[entry.key] = place;
}

void TimerHeap::sift_up(std::uint32_t place, Entry entry) {
  for (; place > 0 && entry < heap_[(place - 1) / 2]; place = (place - 1) / 2)
    put(place, heap_[(place - 1) / 2]);
  put(place, entry);
}

void TimerHeap::sift_down(std::uint32_t place, Entry entry) {
  const auto size = static_cast<std::uint32_t>(heap_.size());
  for (std::uint32_t child = 2 * place + 1; child < size; child = 2 * place + 1) {
    if (child + 1 < size && heap_[child + 1] < heap_[child]) ++child;
    if (!(heap_[child] < entry)) break;
    put(place, heap_[child]);
    place = child;
  }
  put(place, entry);
}

}  // namespace ringside::net
