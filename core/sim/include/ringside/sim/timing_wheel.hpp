// A hierarchical timing wheel over the whole range of time, one tick fine.
//
// Varghese and Lauck, "Hashed and hierarchical timing wheels" (SOSP 1987), scheme 7, with two changes.
// Time is read as a number of eight digits to the base 256. An event waits at the level of the highest digit
// in which its time differs from the cursor, in the slot named by that digit. So every level holds what
// shares the digits above it with the cursor, the lowest occupied level holds the earliest events, and no
// slot ever wraps. Nothing turns tick by tick: bitmaps name the next occupied slot, however far away. The
// owner then decides whether to take the slot as it is (and sort it) or to spread it over the finer level
// below. Spreading only crowded slots is what adapts the resolution to the gaps between events.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "ringside/sim/event.hpp"

namespace ringside::sim {

class TimingWheel {
 public:
  struct Slot {
    unsigned level;
    unsigned index;
  };

  bool empty() const { return occupied_levels_ == 0; }
  Ticks cursor() const { return cursor_; }  // the start of the slot taken or spread last

  // The event's time is not before the cursor.
  void insert(const Event& event);
  // The timer's event is in the wheel.
  void erase(const Timer& timer);

  // The slot with the earliest events. The wheel is not empty.
  Slot first() const;
  Ticks start(Slot slot) const;
  Ticks end(Slot slot) const { return start(slot) + (Ticks{1} << shift(slot.level)); }
  Ticks earliest(Slot slot) const;

  // More events than are cheap to sort, and a finer level to spread them over.
  bool crowded(Slot slot) const { return slot.level > 0 && head(slot)->below != nullptr; }
  // Both move the cursor to the slot's start and are for the first slot only.
  void spread(Slot slot);
  void take(Slot slot, std::vector<Event>& out);  // appends, in no order

 private:
  static constexpr unsigned digit_bits = 8;
  static constexpr unsigned levels = 64 / digit_bits;
  static constexpr unsigned slots = 1U << digit_bits;

  // Slots are stacks of chunks: events that are visited together lie together, and only the top chunk has
  // room. The size is also the limit for sorting: beyond one chunk a slot counts as crowded.
  struct Chunk {
    static constexpr std::uint32_t capacity = 32;
    Chunk* below;
    std::uint32_t used;
    std::array<Event, capacity> events;
  };

  struct Level {
    std::array<std::uint64_t, slots / 64> occupied{};
    std::array<Chunk*, slots> heads{};
  };

  static constexpr unsigned shift(unsigned level) { return level * digit_bits; }
  Slot slot_of(Ticks at) const {
    const auto level = static_cast<unsigned>(std::bit_width((at ^ cursor_) | 1) - 1) / digit_bits;
    return {level, static_cast<unsigned>(at >> shift(level)) % slots};
  }
  const Chunk* head(Slot slot) const { return levels_[slot.level].heads[slot.index]; }
  Chunk* vacate(Slot slot);
  void push_chunk(Slot slot);
  void pop_chunk(Slot slot);
  void release(Chunk* chunk) { chunk->below = std::exchange(free_, chunk); }
  void grow();

  std::array<Level, levels> levels_{};
  unsigned occupied_levels_ = 0;
  Ticks cursor_ = 0;
  Chunk* free_ = nullptr;
  std::size_t chunks_ = 0;
  std::vector<std::unique_ptr<Chunk[]>> blocks_;
};

inline void TimingWheel::insert(const Event& event) {
  const Slot slot = slot_of(event.at);
  Chunk*& head = levels_[slot.level].heads[slot.index];
  if (head == nullptr || head->used == Chunk::capacity) push_chunk(slot);
  Event& place = head->events[head->used++];
  place = event;
  event.timer->place_ = &place;
}

inline void TimingWheel::erase(const Timer& timer) {
  // The slot is that of insert(): the cursor has moved, but not into it, or the event would not be here.
  const Slot slot = slot_of(to_ticks(timer.at_));
  Chunk& head = *levels_[slot.level].heads[slot.index];
  const Event& last = head.events[--head.used];
  *timer.place_ = last;
  last.timer->place_ = timer.place_;
  if (head.used == 0) pop_chunk(slot);
}

inline TimingWheel::Slot TimingWheel::first() const {
  const auto level = static_cast<unsigned>(std::countr_zero(occupied_levels_));
  unsigned word = 0;
  while (levels_[level].occupied[word] == 0) ++word;
  return {level, word * 64 + static_cast<unsigned>(std::countr_zero(levels_[level].occupied[word]))};
}

inline Ticks TimingWheel::start(Slot slot) const {
  const Ticks digit = Ticks{slots - 1} << shift(slot.level);
  const Ticks finer_digits = digit | ((Ticks{1} << shift(slot.level)) - 1);
  return (cursor_ & ~finer_digits) | (Ticks{slot.index} << shift(slot.level));
}

}  // namespace ringside::sim
