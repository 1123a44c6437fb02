// Scenarios for more cores than a machine has.
#include "library.hpp"

using namespace ringside;

TEST_CASE("up to three cores: a machine with fewer does the work with those it has") {
  for (const auto& [profile, cores] : {std::pair{"alpha-1996", 1U}, {"vm-2026", 2U}, {"xeon-2018", 3U}}) {
    CAPTURE(profile);
    const auto result = run_library("nine-roads", {.profile = profile, .set = {{"offered_pps", "1000"}}});
    CHECK(result.cores.size() == cores);
    CHECK(metric(result, "delivered_packets") == metric(result, "offered_packets"));
    CHECK(result.cores[cores == 1 ? 0 : 1].user > 0);  // the program
  }
}
