#include "ringside/replay/on_the_wire.hpp"

#include <algorithm>
#include <map>

namespace ringside::replay {

namespace {

bool at_the_wire(const HostCast& its, std::uint16_t host, const trace::Event& event) {
  if (event.kind != trace::Kind::stage || event.packet == 0 || event.host != host) return false;
  const auto& stages = its.path.stages;
  if (event.index >= stages.size()) return false;
  const path::Work work = stages[event.index].work;
  return work == path::Work::arrive || work == path::Work::depart;
}

// What each packet under way looked like when it was last looked at.
class Looks {
 public:
  explicit Looks(trace::Recording& recording) : recording_{recording} {}

  const trace::Frame* of(std::uint64_t packet, std::uint64_t event) {
    const auto known = last_.find(packet);
    if (known != last_.end()) return &known->second;
    auto frame = recording_.frame_before(packet, event + 1);
    return frame ? &last_.emplace(packet, *std::move(frame)).first->second : nullptr;
  }
  void see(trace::Frame frame) { last_.insert_or_assign(frame.packet, std::move(frame)); }
  void forget(std::uint64_t packet) { last_.erase(packet); }

 private:
  trace::Recording& recording_;
  std::map<std::uint64_t, trace::Frame> last_{};
};

bool ends(trace::Kind kind) {
  return kind == trace::Kind::end || kind == trace::Kind::drop || kind == trace::Kind::gone;
}

}  // namespace

bool on_the_wire(trace::Recording& recording, const HostCast& its, std::uint16_t host, std::uint64_t from,
                 std::uint64_t to, std::uint64_t packet, const Passed& passed, const Progress& progress) {
  Looks looks{recording};
  to = std::min(to, recording.events());
  const std::uint64_t first = from;
  while (from < to) {
    if (progress && !progress(static_cast<double>(from - first) / static_cast<double>(to - first)))
      return false;
    const std::uint64_t end = std::min(to, recording.block(from).end);
    auto seen = recording.frames(from, end);
    auto next = seen.begin();
    for (const trace::Event& event : recording.slice(from, end - from)) {
      for (; next != seen.end() && next->at <= event.at; ++next) looks.see(std::move(*next));
      if (at_the_wire(its, host, event) && (packet == 0 || packet == event.packet))
        if (const trace::Frame* frame = looks.of(event.packet, from)) passed(event.at, *frame);
      if (ends(event.kind)) looks.forget(event.packet);
      ++from;
    }
  }
  return true;
}

}  // namespace ringside::replay
