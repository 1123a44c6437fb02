// udp-socket: small datagrams through napi-socket on xeon-2018, the full host model: DMA, interrupts, polls,
// softirqs, the stack, wake-ups, system calls, a program. Loads below and beyond what the machine carries.
//   bench_udp_socket [--packets N]
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

#include "measure.hpp"
#include "ringside/scenarios/load.hpp"
#include "ringside/scenarios/run.hpp"

namespace {

using namespace ringside;

double metric(const scenarios::RunResult& result, const std::string& name) {
  for (const auto& [key, value] : result.metrics)
    if (key == name)
      return std::holds_alternative<double>(value) ? std::get<double>(value)
                                                   : double(std::get<std::int64_t>(value));
  return 0;
}

void run(double offered_pps, double packets) {
  scenarios::Findings findings;
  const auto library = scenarios::locate_library();
  const auto loaded = scenarios::load_scenario(
      "receive-livelock",
      {.path = "napi-socket",
       .profile = "xeon-2018",
       .set = {{"to", "router"}, {"rate", "100Gbps"}, {"offered_pps", std::to_string(int(offered_pps))}},
       .duration = from_seconds(packets / offered_pps)},
      *library, findings);
  const auto result = scenarios::run(loaded->scenario, loaded->ingredients, {});
  std::printf(
      "{\"benchmark\":\"udp-socket\",\"offered_pps\":%.0f,\"delivered_pps\":%.0f,\"packets_per_wall_second\":"
      "%.0f,"
      "\"events_per_wall_second\":%.0f,\"events_per_packet\":%.2f,\"peak_rss_bytes\":%.0f}\n",
      offered_pps, metric(result, "delivered_pps"), metric(result, "packets_per_wall_second"),
      metric(result, "events_per_wall_second"), metric(result, "events_per_packet"),
      metric(result, "peak_rss_bytes"));
}

}  // namespace

int main(int argc, char** argv) {
  const bool given = argc == 3 && std::strcmp(argv[1], "--packets") == 0;
  if (argc != 1 && !given) {
    std::fprintf(stderr, "usage: bench_udp_socket [--packets N]\n");
    return 2;
  }
  for (const double offered : {100e3, 500e3, 1e6, 5e6}) run(offered, given ? std::atof(argv[2]) : 2e6);
}
