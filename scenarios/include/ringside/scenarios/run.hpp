// Carries out one scenario: builds hosts and links, runs the events, reads the figures.
#pragma once

#include <functional>
#include <map>
#include <stdexcept>
#include <string>

#include "ringside/path/path.hpp"
#include "ringside/path/profile.hpp"
#include "ringside/scenarios/result.hpp"
#include "ringside/scenarios/scenario.hpp"

namespace ringside::scenarios {

// The texts that a scenario names, already loaded and checked: each host's path (parameters set) and profile.
struct Ingredients {
  std::map<std::string, path::Path> paths{};        // by host name
  std::map<std::string, path::Profile> profiles{};  // by host name
};

struct RunOptions {
  std::uint64_t seed = 1;
  std::string pcap{};  // write what passes `pcap_at` here; empty: nothing
  std::string
      pcap_at{};  // "host:stage", for example "server:nic rx dma"; empty: the wire of the host under study

  std::string recording{};  // write every event here (docs/recording.md); empty: nothing

  std::function<bool(double done)>
      progress{};  // called now and then with the part done (negative: unknown); false: stop, incomplete
};

// The input was wrong in a way that only shows when it is used (a file that cannot be read, a bad filter).
struct InputError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

RunResult run(const Scenario&, const Ingredients&, const RunOptions&);

}  // namespace ringside::scenarios
