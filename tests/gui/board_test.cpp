// What the board says of a run and of the one before.
#include "view/board.hpp"

#include <algorithm>

#include "catch.hpp"

using namespace ringside;
using namespace ringside::view;

namespace {

std::ptrdiff_t count(const Picture& picture, const QString& text) {
  return std::ranges::count_if(picture.shapes, [&text](const Shape& shape) {
    const auto* words = std::get_if<Words>(&shape);
    return words && words->text.contains(text);
  });
}

}  // namespace

TEST_CASE("where both languages are shown, headings and rows are in both, at any width") {
  const BoardSide side{.name = QStringLiteral("dpdk"), .run = {{"delivered_pps", 2000}}};
  for (const double width : {300.0, 700.0}) {
    CAPTURE(width);
    const Picture picture = board({.sides = {side}, .language = path::Language::both}, width);
    for (const auto* text : {u"The whole run", u"整次运行", u"delivered rate", u"交付速率"})
      CHECK(count(picture, QString::fromUtf16(text)) == 1);
  }
  CHECK(count(board({.sides = {side}}, 700), QStringLiteral("交付速率")) == 0);
}

TEST_CASE("what is lost is compared with the run before, where there was one") {
  BoardSide again{.name = QStringLiteral("napi-socket"),
                  .run = {{"delivered_pps", 2000}},
                  .before = {{"delivered_pps", 1000}},
                  .lost = {{"rx ring", 0.25}},
                  .lost_before = {{"rx ring", 0.5}}};
  const BoardSide first{
      .name = QStringLiteral("dpdk"), .run = {{"delivered_pps", 2000}}, .lost = {{"rx ring", 0.75}}};
  const Picture picture = board({.sides = {again, first}}, 600);
  CHECK(count(picture, QStringLiteral("of what is offered")) == 1);
  CHECK(count(picture, QStringLiteral("→ 25")) == 1);
  again.lost = again.lost_before;
  CHECK(count(board({.sides = {again, first}}, 600), QStringLiteral("of what is offered")) == 0);
}

TEST_CASE("what delivers no packets has its counts for each frame, and so has what it is compared with") {
  const BoardSide router{
      .name = QStringLiteral("napi-socket"), .so_far = {.frames = 200, .interrupts = 50}, .by_frame = true};
  const BoardSide socket{.name = QStringLiteral("napi-socket"),
                         .so_far = {.copies = 150, .delivered = 100, .frames = 400, .interrupts = 100}};
  const Picture alone = board({.sides = {socket}}, 600);
  CHECK(count(alone, QStringLiteral("copies per packet")) == 1);
  CHECK(count(alone, QStringLiteral("1.50")) == 1);
  const Picture both = board({.sides = {router, socket}}, 600);
  CHECK(count(both, QStringLiteral("per packet")) == 0);
  CHECK(count(both, QStringLiteral("copies per frame")) == 1);
  CHECK(count(both, QStringLiteral("0.25")) == 2);
}

TEST_CASE("the bar of a packet's cycles is as long as what the packet costs") {
  BoardSide side{.name = QStringLiteral("dpdk")};
  side.costs = {{.lane = path::Lane::user, .cycles = 300},
                {.lane = path::Lane::user, .copy = true, .cycles = 150},
                {.cycles = 50}};
  const Picture bars = lane_costs({.sides = {side}}, 600);
  CHECK(count(bars, QStringLiteral("500")) == 1);
  CHECK(count(bars, QStringLiteral("the rest: ")) == 1);
}

TEST_CASE("a figure of a whole run says how long that was, where all are of the same length") {
  BoardSide brief{.name = QStringLiteral("dpdk"),
                  .run = {{"delivered_pps", 2000}, {"simulated_seconds", 0.005}}};
  BoardSide longer = brief;
  longer.run["simulated_seconds"] = 1;
  CHECK(count(board({.sides = {brief, brief}}, 600), QStringLiteral("The whole run, 5")) == 1);
  CHECK(count(board({.sides = {brief, longer}}, 600), QStringLiteral("The whole run,")) == 0);
}
