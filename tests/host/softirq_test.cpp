// Softirqs: the interrupt is masked while there is work, and what lasts too long becomes a thread.
#include "library.hpp"

using namespace ringside;
using namespace std::chrono_literals;

namespace {

Settings receiving(int offered) {
  return {.path = "napi-socket",
          .profile = "xeon-2018",
          .set = {{"to", "router"}, {"rate", "100Gbps"}, {"offered_pps", std::to_string(offered)}},
          .warmup = 20ms,
          .duration = offered < 100'000 ? Duration{500ms} : Duration{50ms}};
}

void set_demotion(scenarios::LoadedScenario& loaded, Duration after) {
  for (auto& hop : loaded.ingredients.paths.at("router").hops)
    if (auto* notify = std::get_if<path::Notify>(&hop.hand); notify && notify->raise == path::Raise::softirq)
      notify->demote_after = after;
}

}  // namespace

TEST_CASE("interrupts vanish as the load rises") {
  double before = 1e9;
  for (const int offered : {10'000, 100'000, 300'000, 600'000, 1'000'000, 2'000'000, 5'000'000}) {
    const auto result = run_library("receive-livelock", receiving(offered));
    const double now = metric(result, "interrupts_per_packet");
    CAPTURE(offered, now);
    CHECK(now <= before);
    if (offered == 10'000) CHECK(now >= 0.8);
    if (offered == 5'000'000) {
      CHECK(now <= 0.001);
      CHECK(metric(result, "packets_per_poll") == Approx(64).epsilon(0.01));
    }
    before = now;
  }
}

TEST_CASE("ksoftirqd is why the program still gets the core when packets never end") {
  auto loaded = load("receive-livelock", receiving(5'000'000));
  const double as_thread = metric(run(loaded), "delivered_pps");
  set_demotion(loaded, Duration{0});
  const double as_softirq = metric(run(loaded), "delivered_pps");
  CHECK(as_thread > 100'000);
  CHECK(as_softirq < 0.01 * as_thread);
}

TEST_CASE("flows spread over cores, and with them the work") {
  auto settings = receiving(4'000'000);
  settings.set[0].second = "sink";  // forwarding
  const auto forwarded = [&](const char* cores) {
    auto more = settings;
    more.set.emplace_back("cores", cores);
    return metric(run_library("receive-livelock", more), "delivered_pps");
  };
  const double one = forwarded("1"), two = forwarded("2");
  CHECK(two > 1.7 * one);
  CHECK(two < 2.1 * one);
}
