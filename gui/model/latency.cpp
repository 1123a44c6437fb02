#include "model/latency.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace ringside::model {

namespace {

constexpr std::size_t read_at_once = 16'384;  // events
constexpr std::uint64_t most_read = 600'000;  // of which few may be ends

bool ends(const trace::Event& event, std::size_t host) {
  return event.host == host && (event.kind == trace::Kind::end || event.kind == trace::Kind::link);
}

}  // namespace

double Latencies::mean_picoseconds() const {
  if (sorted.empty()) return 0;
  return std::accumulate(sorted.begin(), sorted.end(), 0.0,
                         [](double sum, Duration d) { return sum + static_cast<double>(d.count()); }) /
         static_cast<double>(sorted.size());
}

Duration Latencies::quantile(double q) const {
  if (sorted.empty()) return Duration{0};
  const auto rank = static_cast<std::size_t>(std::ceil(q * static_cast<double>(sorted.size())));
  return sorted[std::clamp<std::size_t>(rank, 1, sorted.size()) - 1];
}

Latencies latencies(Reel& reel, Time from, Time to, std::size_t most) {
  Latencies found;
  const replay::Arrivals* arrivals = reel.arrivals();
  if (!arrivals || to <= from) return found;
  trace::Recording& recording = reel.recording();
  const std::uint64_t first = recording.number_at(from - Duration{1});
  const std::uint64_t behind = recording.number_at(to);
  for (std::uint64_t at = first; at < behind && found.all; at += read_at_once)
    for (const trace::Event& event :
         recording.slice(at, static_cast<std::size_t>(std::min<std::uint64_t>(read_at_once, behind - at)))) {
      if (!ends(event, reel.cast().study)) continue;
      const auto rank = arrivals->rank(event.packet);
      if (!rank) continue;  // it was made here
      if (found.sorted.size() >= most || at - first > most_read) {
        found.all = false;
        break;
      }
      found.sorted.push_back(event.at - arrivals->in_order()[*rank].at);
    }
  std::ranges::sort(found.sorted);
  return found;
}

}  // namespace ringside::model
