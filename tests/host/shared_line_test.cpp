// A line of the cache that every core writes.
#include "library.hpp"

using namespace ringside;

namespace {

scenarios::RunResult forward(const char* path, const char* cores, const char* offered) {
  auto loaded = load("rcu-or-lock", {.path = path, .set = {{"cores", cores}, {"offered_pps", offered}}});
  return run(loaded);
}

double cycles(const scenarios::RunResult& result, const std::string& stage) {
  for (const auto& figure : result.stages)
    if (figure.stage == stage) return figure.cycles_per_packet;
  FAIL("no stage '" << stage << "'");
  return 0;
}

constexpr double atomic_increment = 17;  // MICRO-06
constexpr double transfer = 340;         // of xeon-2021

}  // namespace

TEST_CASE("a core that is alone has the line already") {
  const auto alone = forward("napi-route-lock", "1", "1M");
  CHECK(cycles(alone, "route lock") == Approx(atomic_increment).margin(0.1));
  CHECK(cycles(alone, "route unlock") == Approx(atomic_increment).margin(0.1));
}

TEST_CASE("of two cores each fetches it from the other, and has it until it gives the lock back") {
  const auto two = forward("napi-route-lock", "2", "20M");
  CHECK(cycles(two, "route lock") == Approx(atomic_increment + transfer).epsilon(0.02));
  CHECK(cycles(two, "route unlock") == Approx(atomic_increment).margin(0.1));
}

TEST_CASE("it comes to one core at a time: more cores forward no more than it can travel") {
  const double most = 3.4e9 / transfer;
  CHECK(metric(forward("napi-route-lock", "16", "40M"), "delivered_pps") == Approx(most).epsilon(0.01));
  CHECK(metric(forward("napi-socket", "16", "40M"), "delivered_pps") > 2 * most);
}
