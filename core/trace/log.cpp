#include "ringside/trace/log.hpp"

#include <algorithm>
#include <map>

namespace ringside::trace {

void JourneyLog::add(const Event& event) {
  if (event.kind == Kind::birth)
    births_.push_back({.child = event.packet, .cause = event.other});
  else if (event.kind <= Kind::end && event.packet != 0)
    marks_.push_back({event.at, event.packet, event.host, event.index, event.kind});
}

std::vector<std::vector<Mark>> journeys(const JourneyLog& log) {
  std::map<std::uint64_t, std::vector<Mark>> of_packet;
  std::vector<std::uint64_t> ended;
  for (const Mark& mark : log.marks()) {
    of_packet[mark.packet].push_back(mark);
    if (mark.place == Kind::end) ended.push_back(mark.packet);
  }
  for (auto& [packet, marks] : of_packet)
    std::stable_sort(marks.begin(), marks.end(), [](const Mark& a, const Mark& b) { return a.at < b.at; });
  std::map<std::uint64_t, std::uint64_t> cause;
  for (const Birth& birth : log.births()) cause[birth.child] = birth.cause;

  std::vector<std::vector<Mark>> all;
  for (std::uint64_t packet : ended) {
    std::vector<Mark> way = of_packet[packet];
    for (auto parent = cause.find(packet); parent != cause.end() && !way.empty();
         parent = cause.find(parent->second)) {
      std::vector<Mark> before;
      for (const Mark& mark : of_packet[parent->second])
        if (mark.at <= way.front().at && mark.place != Kind::end) before.push_back(mark);
      way.insert(way.begin(), before.begin(), before.end());
    }
    all.push_back(std::move(way));
  }
  return all;
}

}  // namespace ringside::trace
