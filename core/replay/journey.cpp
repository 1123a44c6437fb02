#include "ringside/replay/journey.hpp"

#include <algorithm>

namespace ringside::replay {

namespace {

// The blocks around an event, read one after the other as long as the packet is on its way.
class Search {
 public:
  Search(trace::Recording& recording, std::uint64_t packet) : recording_{recording}, packet_{packet} {}

  Journey from(std::uint64_t event) {
    const auto here = recording_.block(event);
    marks_ = marks_of(here);
    backwards(here.begin);
    forwards(here.end);
    Journey journey{.packet = packet_, .parent = parent_, .steps = std::move(marks_)};
    for (std::size_t i = 0; i + 1 < journey.steps.size(); ++i) {
      Step& step = journey.steps[i];
      step.lasts = journey.steps[i + 1].mark.at - step.mark.at;
      journey.whole += step.lasts;
    }
    for (const trace::Event& interruption : interruptions_) interrupt(journey, interruption);
    return journey;
  }

 private:
  using Range = trace::Recording::Range;

  std::vector<Step> marks_of(Range range) {
    std::vector<Step> marks;
    std::uint64_t number = range.begin;
    for (const trace::Event& event : recording_.slice(range.begin, range.end - range.begin)) {
      if (event.packet == packet_ && is_mark(event)) marks.push_back({.mark = event, .number = number});
      if (event.packet == packet_ && event.kind == trace::Kind::birth) parent_ = event.other;
      if (event.packet == packet_ && event.kind == trace::Kind::interrupted) interruptions_.push_back(event);
      ++number;
    }
    return marks;
  }

  static void interrupt(Journey& journey, const trace::Event& interruption) {
    const auto after = std::ranges::upper_bound(journey.steps, interruption.at, {},
                                                [](const Step& step) { return step.mark.at; });
    if (after == journey.steps.begin()) return;
    Step& step = *std::prev(after);
    step.interrupted =
        std::min(step.lasts, step.interrupted + Duration{static_cast<std::int64_t>(interruption.other)});
  }

  std::optional<trace::Whereabouts> known_after(std::uint64_t events) {
    const trace::State state = recording_.after(events);
    const auto found = state.packets.find(packet_);
    if (found == state.packets.end()) return std::nullopt;
    return found->second;
  }

  // Where it waits since when leads to the block of the mark before; at a stage it may have been interrupted
  // meanwhile. What a train has been cut into was not under way for a while, nor is what is made just then:
  // the block before is read in any case.
  void backwards(std::uint64_t begin) {
    while (begin > 0) {
      const auto known = known_after(begin);
      const bool waits = known && known->place != trace::Kind::stage;
      const std::uint64_t last = waits ? std::min(recording_.number_at(known->since), begin) : begin;
      const auto before = recording_.block(last - 1);
      const auto found = marks_of(before);
      if (!known && found.empty()) return;
      marks_.insert(marks_.begin(), found.begin(), found.end());
      begin = before.begin;
    }
  }

  void forwards(std::uint64_t end) {
    const auto over = [this] { return !marks_.empty() && marks_.back().mark.kind == trace::Kind::end; };
    while (end < recording_.events() && !over()) {
      const auto known = known_after(end);
      const auto next = recording_.block(end);
      const bool waits = known && known->place != trace::Kind::stage;
      const bool stays = waits && next.end < recording_.events() && known_after(next.end) == known;
      const auto found = stays ? std::vector<Step>{} : marks_of(next);
      if (!known && found.empty()) return;
      marks_.insert(marks_.end(), found.begin(), found.end());
      end = next.end;
    }
  }

  trace::Recording& recording_;
  std::uint64_t packet_;
  std::uint64_t parent_ = 0;
  std::vector<Step> marks_{};
  std::vector<trace::Event> interruptions_{};
};

}  // namespace

Journey journey(trace::Recording& recording, std::uint64_t packet, std::uint64_t near_event) {
  return Search{recording, packet}.from(std::min(near_event, recording.events() - 1));
}

std::optional<std::uint64_t> find_mark(trace::Recording& recording, std::uint64_t packet, std::uint64_t from,
                                       std::uint64_t to) {
  to = std::min(to, recording.events());
  while (from < to) {
    const auto events = recording.slice(from, std::min(recording.block(from).end, to) - from);
    const auto found = std::ranges::find_if(
        events, [&](const trace::Event& event) { return is_mark(event) && event.packet == packet; });
    if (found != events.end()) return from + static_cast<std::uint64_t>(found - events.begin());
    from += events.size();
  }
  return std::nullopt;
}

}  // namespace ringside::replay
