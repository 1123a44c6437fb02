#include "ringside/trace/log.hpp"

#include <algorithm>
#include <map>

namespace ringside::trace {

void JourneyLog::add(const Event& event) {
  if (event.packet != 0 && (event.kind <= Kind::end || event.kind == Kind::birth)) events_.push_back(event);
}

std::vector<std::vector<Event>> journeys(const JourneyLog& log) {
  std::map<std::uint64_t, std::vector<Event>> of_packet;
  std::map<std::uint64_t, std::uint64_t> cause;
  std::vector<std::uint64_t> ended;
  for (const Event& event : log.events()) {
    if (event.kind == Kind::birth) {
      cause[event.packet] = event.other;
      continue;
    }
    of_packet[event.packet].push_back(event);
    if (event.kind == Kind::end) ended.push_back(event.packet);
  }
  for (auto& [packet, marks] : of_packet)
    std::stable_sort(marks.begin(), marks.end(), [](const Event& a, const Event& b) { return a.at < b.at; });

  std::vector<std::vector<Event>> all;
  for (std::uint64_t packet : ended) {
    std::vector<Event> way = of_packet[packet];
    for (auto parent = cause.find(packet); parent != cause.end() && !way.empty();
         parent = cause.find(parent->second)) {
      std::vector<Event> before;
      for (const Event& mark : of_packet[parent->second])
        if (mark.at <= way.front().at && mark.kind != Kind::end) before.push_back(mark);
      way.insert(way.begin(), before.begin(), before.end());
    }
    all.push_back(std::move(way));
  }
  return all;
}

}  // namespace ringside::trace
