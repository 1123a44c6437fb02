// How much of a scenario the window records by itself.
#include "window/runner.hpp"

#include <QTemporaryDir>

#include "catch.hpp"
#include "ringside/scenarios/library.hpp"

using namespace ringside;
using namespace ringside::window;

namespace {

Outcome recorded(const std::string& scenario, std::optional<Duration> duration = {}) {
  const QTemporaryDir folder;
  Order order{.scenario = scenario};
  order.overrides.duration = duration;
  return carry_out(order, *scenarios::locate_library(), folder.filePath(QStringLiteral("0")).toStdString(),
                   {});
}

}  // namespace

TEST_CASE("of traffic that is dense, milliseconds are recorded") {
  const Outcome dense = recorded("roads");
  REQUIRE(dense.reel);
  CHECK(dense.reel->last() < Time{std::chrono::milliseconds{7}});  // with the warm-up, and what was under way
}

TEST_CASE("over a slow line it is as long as its frames take") {
  const Outcome slow = recorded("congestion-collapse");
  REQUIRE(slow.reel);
  CHECK(slow.reel->last() > Time{std::chrono::seconds{20}});  // 250 times 576 octets at 56 kbit/s
  CHECK(slow.reel->last() < Time{std::chrono::seconds{22}});
}

TEST_CASE("who says how much is recorded gets that") {
  const Outcome short_one = recorded("congestion-collapse", std::chrono::milliseconds{5});
  REQUIRE(short_one.reel);
  CHECK(short_one.reel->last() <= Time{std::chrono::milliseconds{5}});
}
