// How dynamic interrupt moderation walks: loads as a driver would see them, 64 interrupts at a time.
#include "ringside/hw/dim.hpp"

#include <vector>

#include "catch.hpp"

using namespace ringside;
using namespace std::chrono_literals;
using hw::Coalescing;

namespace {

// A card that gets frames of so many bytes, one each `gap`, and interrupts as it is told; its frames are
// polled at once.
struct Card {
  hw::Dim dim{};
  Time now{};

  // The levels at which it was until it had interrupted so often.
  std::vector<std::int64_t> times_us(Duration gap, std::int64_t bytes, int interrupts) {
    std::vector<std::int64_t> seen;
    for (int i = 0; i < interrupts; ++i) {
      const Coalescing level = dim.level();
      std::int64_t frames = 1 + level.time / gap;
      if (frames > level.frames) frames = level.frames;
      for (std::int64_t f = 0; f < frames; ++f) dim.count(bytes);
      now += gap * frames;
      dim.after_interrupt(now);
      const std::int64_t us = level.time / Duration{1us};
      if (seen.empty() || seen.back() != us) seen.push_back(us);
    }
    return seen;
  }
};

}  // namespace

TEST_CASE("a steady load ends where interrupts are fewest") {
  Card card;
  // It leaves its default to the left, finds more interrupts there, turns round, and goes on as long as they
  // get fewer.
  CHECK(card.times_us(1us, 1500, 1000) == std::vector<std::int64_t>{8, 1, 8, 64, 128, 256});
  CHECK(card.times_us(1us, 1500, 1000) == std::vector<std::int64_t>{256});
}

TEST_CASE("a load that changes makes it walk again") {
  Card card;
  card.times_us(1us, 1500, 1000);
  CHECK(card.times_us(4us, 1500, 200) == std::vector<std::int64_t>{256, 128, 256});
}

TEST_CASE("who counts nothing stays at the level where it began") {
  Card card;
  for (int i = 0; i < 1000; ++i) card.dim.after_interrupt(card.now += 8us);
  CHECK(card.dim.level() == Coalescing{256, 8us});
}
