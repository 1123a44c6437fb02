// The rarer half of the timing wheel: slots that fill, empty, spread and are taken; and where chunks come
// from.
#include "ringside/sim/timing_wheel.hpp"

#include <algorithm>
#include <utility>

namespace ringside::sim {
namespace {

// How many timers ahead are fetched while events move: enough to overlap the misses of a large pending set.
constexpr std::uint32_t prefetch_distance = 8;

}  // namespace

Ticks TimingWheel::earliest(Slot slot) const {
  Ticks earliest = end(slot);
  for (const Chunk* chunk = head(slot); chunk != nullptr; chunk = chunk->below) {
    for (std::uint32_t i = 0; i < chunk->used; ++i) earliest = std::min(earliest, chunk->events[i].at);
  }
  return earliest;
}

void TimingWheel::spread(Slot slot) {
  cursor_ = start(slot);
  Chunk* chunk = vacate(slot);
  while (chunk != nullptr) {
    for (std::uint32_t i = 0; i < chunk->used; ++i) {
      if (i + prefetch_distance < chunk->used)
        __builtin_prefetch(chunk->events[i + prefetch_distance].timer, 1);
      insert(chunk->events[i]);
    }
    release(std::exchange(chunk, chunk->below));
  }
}

void TimingWheel::take(Slot slot, std::vector<Event>& out) {
  cursor_ = start(slot);
  Chunk* chunk = vacate(slot);
  while (chunk != nullptr) {
    for (std::uint32_t i = 0; i < chunk->used; ++i) {
      __builtin_prefetch(chunk->events[i].timer, 1);
      out.push_back(chunk->events[i]);
    }
    release(std::exchange(chunk, chunk->below));
  }
}

TimingWheel::Chunk* TimingWheel::vacate(Slot slot) {
  Level& level = levels_[slot.level];
  level.occupied[slot.index / 64] &= ~(std::uint64_t{1} << slot.index % 64);
  if (std::ranges::all_of(level.occupied, [](std::uint64_t word) { return word == 0; })) {
    occupied_levels_ &= ~(1U << slot.level);
  }
  return std::exchange(level.heads[slot.index], nullptr);
}

void TimingWheel::push_chunk(Slot slot) {
  if (free_ == nullptr) grow();
  Chunk* chunk = std::exchange(free_, free_->below);
  Level& level = levels_[slot.level];
  chunk->used = 0;
  chunk->below = std::exchange(level.heads[slot.index], chunk);
  level.occupied[slot.index / 64] |= std::uint64_t{1} << slot.index % 64;
  occupied_levels_ |= 1U << slot.level;
}

void TimingWheel::pop_chunk(Slot slot) {
  Chunk*& head = levels_[slot.level].heads[slot.index];
  Chunk* emptied = head;
  if (emptied->below != nullptr) {
    head = emptied->below;
  } else {
    vacate(slot);
  }
  release(emptied);
}

// Doubles the chunks, so that a growing pending set allocates a few times and a steady one never.
void TimingWheel::grow() {
  const std::size_t count = std::max<std::size_t>(64, chunks_);
  blocks_.push_back(std::make_unique_for_overwrite<Chunk[]>(count));
  for (std::size_t i = count; i > 0; --i) release(&blocks_.back()[i - 1]);
  chunks_ += count;
}

}  // namespace ringside::sim
