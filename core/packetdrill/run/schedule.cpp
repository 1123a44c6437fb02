#include "run/schedule.hpp"

#include <algorithm>

namespace ringside::packetdrill {

namespace {

bool injects(const Event& event) {
  const auto* packet = std::get_if<Packet>(&event.action);
  return packet && packet->direction == Direction::inbound;
}

Time on_the_clock(Time of_script) { return Testbed::started + (of_script - start_of_time); }

}  // namespace

Duration Schedule::tolerance(Duration distance) const {
  const double part = static_cast<double>(distance.count()) * options_.tolerance_percent / 100;
  return std::max(options_.tolerance, Duration{static_cast<std::int64_t>(part)});
}

// Inbound packets that follow each other do not drift.
Slot Schedule::slot_of(const Event& event) const {
  const Time base = injected_ && injects(event) ? scheduled_ : actual_;
  Slot slot;
  if (const auto* at = std::get_if<At>(&event.when)) {
    slot.from = slot.to = on_the_clock(at->time);
  } else if (const auto* after = std::get_if<After>(&event.when)) {
    slot.from = slot.to = base + after->delay;
  } else if (const auto* range = std::get_if<Range>(&event.when)) {
    slot.from = on_the_clock(range->from), slot.to = on_the_clock(range->to);
  } else if (const auto* relative = std::get_if<RangeAfter>(&event.when)) {
    slot.from = base + relative->from, slot.to = base + relative->to;
  } else {
    slot.from = slot.to = base, slot.any = true;
  }
  slot.tolerance = tolerance(slot.from - scheduled_);
  return slot;
}

void Schedule::happened(const Event& event, Time scheduled, Time actual) {
  scheduled_ = scheduled;
  actual_ = actual;
  injected_ = injects(event);
}

}  // namespace ringside::packetdrill
