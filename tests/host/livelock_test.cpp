// Receive livelock (Mogul and Ramakrishnan 1997): four roads, four curves, none of which any code knows.
#include <algorithm>

#include "library.hpp"

using namespace ringside;

namespace {

double delivered(const std::string& path, int offered,
                 std::vector<std::pair<std::string, std::string>> more = {}) {
  Settings settings{.path = path, .profile = "alpha-1996", .set = std::move(more)};
  settings.set.emplace_back("offered_pps", std::to_string(offered));
  return metric(run_library("receive-livelock", settings), "delivered_pps");
}

}  // namespace

TEST_CASE("an interrupt for every packet: rises to its peak, then falls") {
  const double peak = delivered("bsd-42", 5000);
  CHECK(delivered("bsd-42", 3000) == Approx(3000).epsilon(0.03));
  CHECK(peak >= 4000);
  CHECK(peak <= 5400);
  CHECK(delivered("bsd-42", 10000) <= 0.75 * peak);
  CHECK(delivered("bsd-42", 12000) > 0);  // it declines, it does not stop
}

TEST_CASE("a filter in user space in the way: beyond its load, nothing is forwarded") {
  CHECK(delivered("bsd-42-screend", 2000) > 1800);
  CHECK(delivered("bsd-42-screend", 12000) == 0);
}

TEST_CASE("polling with a quota is flat, without a quota it stops") {
  double peak = 0, least = 1e9;
  for (const int offered : {6000, 8000, 10000, 12000}) {
    const double now = delivered("napi-socket", offered);
    peak = std::max(peak, now);
    least = std::min(least, now);
    CHECK(delivered("napi-socket", offered, {{"budget", "0"}}) < 0.1 * peak);
  }
  CHECK(least >= 0.95 * peak);
  CHECK(delivered("napi-socket", 10000, {{"budget", "0"}}) < 0.05 * peak);
}

TEST_CASE("the curve follows the costs: a cheaper interrupt moves it") {
  auto loaded = load("receive-livelock",
                     {.path = "bsd-42", .profile = "alpha-1996", .set = {{"offered_pps", "10000"}}});
  const double before = metric(run(loaded), "delivered_pps");
  loaded.ingredients.profiles.at("router").ops.at("driver.rx").cycles_per_packet /= 2;
  CHECK(metric(run(loaded), "delivered_pps") > 1.3 * before);
}
