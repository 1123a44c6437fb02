// How long packets took that ended in a stretch of a run: from their arrival at the host under study to their
// end there, or to where they were sent on.
#pragma once

#include <cstdint>
#include <vector>

#include "model/reel.hpp"

namespace ringside::model {

struct Latencies {
  std::vector<Duration> sorted{};
  bool all = true;  // false: of the first so many
  double mean_picoseconds() const;
  Duration quantile(double q) const;  // the smallest that at least this part does not exceed
};

// Exact. Reads no more than so many packets, which is what a window can wait for.
Latencies latencies(Reel&, Time from, Time to, std::size_t most = 20'000);

}  // namespace ringside::model
