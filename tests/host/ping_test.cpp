// A ping's way: the steps follow each other without a gap, and each is what the profile says.
#include <numeric>

#include "library.hpp"

using namespace ringside;
using namespace std::chrono_literals;

namespace {

Duration step(const scenarios::RunResult& result, const std::string& host, const std::string& place) {
  for (const auto& s : result.journey)
    if (s.host == host && s.place == place) return s.time;
  FAIL("no step '" << host << ": " << place << "'");
  return {};
}

}  // namespace

TEST_CASE("the times of all steps add up to the round trip, to the picosecond") {
  for (const std::string path : {"bsd-42", "linux-net4", "napi-socket"})
    for (const std::string profile : {"alpha-1996", "xeon-2018"}) {
      CAPTURE(path, profile);
      const auto result = run_library("ping", {.path = path, .profile = profile, .set = {{"count", "5"}}});
      const auto sum = std::accumulate(result.journey.begin(), result.journey.end(), Duration{},
                                       [](Duration so_far, const auto& s) { return so_far + s.time; });
      CHECK(metric(result, "round_trips") == 5);
      CHECK(to_nanoseconds(sum) == Approx(5 * metric(result, "round_trip_ns_mean")).epsilon(1e-12));
    }
}

TEST_CASE("a step costs what the profile says") {
  const auto result = run_library("ping", {.path = "napi-socket", .profile = "xeon-2018"});
  const auto cycles = [](std::int64_t n) { return Cycles{n} / 3600_MHz; };
  CHECK(step(result, "server", "icmp input") == cycles(400));
  CHECK(step(result, "server", "ip output") == cycles(288));
  CHECK(step(result, "client", "link") == 2 * 5us / 2);  // one way each; two hosts
  CHECK(step(result, "client", "wire out") == Bytes{98 + 24} / 10_Gbps);
  // the server was idle: it wakes, takes the interrupt and starts a poll before the packet's own work begins
  CHECK(step(result, "server", "rx ring") == cycles(7200) + cycles(1800) + cycles(400));
}

TEST_CASE("a lost request is given up after a second, and the next one goes out") {
  const auto result = run_library(
      "ping",
      {.path = "napi-socket", .profile = "xeon-2018", .set = {{"count", "20"}, {"loss", "0.3"}}, .seed = 3});
  CHECK(metric(result, "answers") < 20);
  CHECK(metric(result, "answers") > 2);
  CHECK(metric(result, "simulated_seconds") > 1);
}
