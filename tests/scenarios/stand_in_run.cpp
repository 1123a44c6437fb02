// A run() whose results can be calculated in the head: it stands in for the simulator where the command is
// tested.
//
// The machine delivers what it is offered up to 5000 packets a second, and beyond that loses as much again as
// it is offered too much. The name of the scenario asks for the rarer outcomes.
#include <algorithm>
#include <csignal>
#include <cstdio>

#include "ringside/pcap/output_file.hpp"
#include "ringside/scenarios/run.hpp"

namespace ringside::scenarios {
namespace {

constexpr double capacity = 5000;

double offered_by(const Scenario& scenario) {
  const auto* udp = std::get_if<UdpLoad>(&scenario.workloads.front().what);
  return udp ? udp->rate_pps : 1;
}

double delivered_of(double offered) {
  return offered <= capacity ? offered : std::max(0.0, capacity - (offered - capacity));
}

}  // namespace

RunResult run(const Scenario& scenario, const Ingredients& ingredients, const RunOptions& options) {
  if (scenario.name == "bad-input") throw InputError{"payload.bin: no such file"};
  if (scenario.name == "bug") throw std::logic_error{"a queue with -1 packets"};
  if (scenario.name == "interrupted") std::raise(SIGINT);
  if (!options.pcap.empty()) {
    pcap::OutputFile file{options.pcap};
    file.write("packets");
    file.finish();
  }
  const double offered = offered_by(scenario);
  const double delivered = delivered_of(offered);
  RunResult result{.path = ingredients.paths.at(scenario.study).name,
                   .profile = ingredients.profiles.at(scenario.study).name};
  result.metrics = {{"offered_pps", offered},
                    {"delivered_pps", delivered},
                    {"dropped_pps", offered - delivered},
                    {"latency_ns_p50", 1234.5},
                    {"cpu_utilisation", std::min(1.0, offered / capacity)},
                    {"seed_seen", static_cast<std::int64_t>(options.seed)},
                    {"duration_ns", to_nanoseconds(scenario.duration)}};
  result.cores = {
      {.core = 0, .hardirq = 0.125, .softirq = 0.25, .kernel = 0.125, .user = 0.25, .idle = 0.25}};
  result.stages = {{.stage = "wire in", .domain = "hardware", .packets = 7},
                   {.stage = "application", .domain = "user", .packets = 7, .cycles_per_packet = 300}};
  result.drops = {{"rx ring", offered > capacity ? 12u : 0u}};
  if (scenario.name == "journey")
    result.journey = {{"a", "send", Duration{1'500'000}}, {"link", "wire", Duration{67'250'125}}};
  if (scenario.name == "violation") result.violations = {"application read 64 bytes of the kernel's"};
  result.complete = !options.progress || options.progress(1.0);
  if (scenario.name == "limit") result.complete = false;
  return result;
}

}  // namespace ringside::scenarios
