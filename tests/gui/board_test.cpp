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
