// An indexed binary heap of deadlines: one per key, found, moved and removed in logarithmic time. Equal
// deadlines come in the order of their keys, so that a run does not depend on the history of the heap.
#pragma once

#include <cstdint>
#include <vector>

#include "ringside/units/time.hpp"

namespace ringside::net {

class TimerHeap {
 public:
  using Key = std::uint32_t;

  bool empty() const { return heap_.empty(); }
  Time earliest() const { return empty() ? end_of_time : heap_.front().at; }
  Key earliest_key() const { return heap_.front().key; }
  Time deadline(Key key) const;  // end_of_time: none is set

  void set(Key key, Time at);
  void cancel(Key key);

 private:
  struct Entry {
    Time at{};
    Key key = 0;
    bool operator<(const Entry& other) const { return at != other.at ? at < other.at : key < other.key; }
  };
  static constexpr std::uint32_t absent = 0xffffffff;

  void put(std::uint32_t place, Entry entry);
  void sift_up(std::uint32_t place, Entry entry);
  void sift_down(std::uint32_t place, Entry entry);

  std::vector<Entry> heap_;
  std::vector<std::uint32_t> place_of_;  // by key
};

}  // namespace ringside::net
