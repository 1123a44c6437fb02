// Interrupt lines: level, mask, moderation, and what gathers before they are asserted.
#include "ringside/hw/interrupt.hpp"

#include "catch.hpp"

using namespace ringside;
using namespace std::chrono_literals;

namespace {

struct Bench {
  explicit Bench(Duration moderation, bool masks_itself, hw::Coalescing coalescing = {})
      : line{events, core, handler, moderation, masks_itself} {
    line.add_cause(coalescing, false);
  }

  sim::EventQueue events;
  hw::Core core{events, {}};
  bool wanted = false;
  hw::Job handler{.level = hw::Level::hardirq,
                  .begin = [](void* self, Time) -> std::optional<hw::Piece> {
                    auto& b = *static_cast<Bench*>(self);
                    if (b.handled == b.line.interrupts()) return std::nullopt;
                    b.handled = b.line.interrupts();
                    return hw::Piece{.length = 1us};
                  },
                  .finish = [](void*, Time) {},
                  .context = this};
  std::uint64_t handled = 0;
  hw::InterruptLine line;

  void assert_at(Duration at) {
    events.run_until(start_of_time + at);
    line.happened(0);
  }
};

}  // namespace

TEST_CASE("a line that is not masked interrupts for every packet, except while its handler runs") {
  Bench b{0us, false};
  b.assert_at(0us);
  b.assert_at(Duration{500'000});  // the handler is at it
  b.assert_at(2us);
  b.assert_at(4us);
  b.events.run();
  CHECK(b.line.interrupts() == 3);
}

TEST_CASE("a masked line is silent until it is unmasked") {
  Bench b{0us, true};
  b.assert_at(0us);
  b.assert_at(5us);
  b.assert_at(9us);
  CHECK(b.line.interrupts() == 1);
  b.line.unmask();
  b.assert_at(12us);
  CHECK(b.line.interrupts() == 2);
}

TEST_CASE("moderation holds the next interrupt back, and loses none") {
  Bench b{10us, false};
  b.assert_at(0us);
  b.assert_at(3us);
  b.assert_at(4us);
  b.events.run_until(start_of_time + 9us);
  CHECK(b.line.interrupts() == 1);
  b.events.run_until(start_of_time + 10us);
  CHECK(b.line.interrupts() == 2);
}

TEST_CASE("a card interrupts when so many frames have gathered") {
  Bench b{0us, true, {.frames = 3, .time = 100us}};
  b.assert_at(0us);
  b.assert_at(1us);
  CHECK(b.line.interrupts() == 0);
  b.assert_at(2us);
  CHECK(b.line.interrupts() == 1);
  b.assert_at(3us);  // the poll sees this one
  b.line.unmask();
  b.assert_at(10us);
  b.assert_at(11us);
  CHECK(b.line.interrupts() == 1);
  b.assert_at(12us);
  CHECK(b.line.interrupts() == 2);
}

TEST_CASE("a card interrupts so long after the first frame that waits, whatever follows") {
  Bench b{0us, true, {.time = 8us}};
  b.assert_at(5us);
  b.assert_at(12us);
  b.events.run_until(start_of_time + Duration{12'999'999});
  CHECK(b.line.interrupts() == 0);
  b.events.run_until(start_of_time + 13us);
  CHECK(b.line.interrupts() == 1);
  b.events.run_until(start_of_time + 40us);  // nothing of it is left
  CHECK(b.line.interrupts() == 1);
}

TEST_CASE("causes of a line wait by their own rules, and an interrupt is one for all of them") {
  Bench b{0us, true, {.time = 8us}};
  const auto sent = b.line.add_cause({.frames = 64, .time = 50us}, false);
  b.events.run_until(start_of_time + 1us);
  b.line.happened(sent);
  b.assert_at(2us);  // received
  b.events.run_until(start_of_time + 10us);
  CHECK(b.line.interrupts() == 1);
  b.line.unmask();
  b.events.run_until(start_of_time + 100us);
  CHECK(b.line.interrupts() == 1);  // the frame that had been sent was seen with the other
}
