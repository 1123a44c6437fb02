// Interrupt lines: level, mask and moderation.
#include "ringside/hw/interrupt.hpp"

#include "catch.hpp"

using namespace ringside;
using namespace std::chrono_literals;

namespace {

struct Bench {
  explicit Bench(Duration moderation, bool masks_itself)
      : line{events, core, handler, moderation, masks_itself} {}

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
    line.assert_line();
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
