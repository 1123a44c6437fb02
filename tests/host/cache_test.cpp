// What the cache keeps of frames, and cores that sleep deep.
#include <cmath>

#include "library.hpp"

using namespace ringside;

namespace {

constexpr double clock_hz = 3.6e9, refill = 594, kept = 1536;  // of xeon-2018

double cycles_of_a_frame(const std::string& cores, const std::string& ring) {
  const auto result = run_library("xdp-tx-rings", {.set = {{"cores", cores}, {"rx_ring", ring}},
                                                   .warmup = Duration{},
                                                   .duration = Duration{200'000'000}});
  return metric(result, "cpu_utilisation") * std::stod(cores) * clock_hz / metric(result, "delivered_pps");
}

}  // namespace

TEST_CASE("a frame that comes back late has left the cache: by the square root of the rings in use") {
  const double fresh = cycles_of_a_frame("1", "256");
  CHECK(cycles_of_a_frame("1", "1024") == Approx(fresh).epsilon(0.02));
  CHECK(cycles_of_a_frame("6", "1024") ==
        Approx(fresh + refill * (1 - std::sqrt(kept / (6 * 1024)))).epsilon(0.02));
}

TEST_CASE("a core that has been idle for long takes longer to wake up") {
  const auto latency = [](const char* profile, const char* pps) {
    return metric(run_library("routing-latency", {.profile = profile, .set = {{"offered_pps", pps}}}),
                  "latency_ns_min");
  };
  CHECK(latency("xeon-2018-sleeps", "100") - latency("xeon-2018", "100") == Approx(75000 - 2000));
  CHECK(latency("xeon-2018-sleeps", "10000") == latency("xeon-2018", "10000"));  // 100 us apart: not deep
}
