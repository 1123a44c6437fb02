// When the events of a script happen, and what is still in time.
#pragma once

#include "ringside/packetdrill/script.hpp"
#include "run/testbed.hpp"

namespace ringside::packetdrill {

struct Slot {
  Time from{}, to{};  // the same, of an event that is to happen at one time
  Duration tolerance{};
  bool any = false;
};

class Schedule {
 public:
  explicit Schedule(const Options& options) : options_{options} {}

  Slot slot_of(const Event& event) const;
  // Of what lasts so long, or comes so long after the event before.
  Duration tolerance(Duration distance) const;
  // The event has happened: when it was to, and when it did. Those after it count from there.
  void happened(const Event& event, Time scheduled, Time actual);

 private:
  const Options& options_;
  Time scheduled_ = Testbed::started, actual_ = Testbed::started;
  bool injected_ = false;  // the last one was an inbound packet
};

}  // namespace ringside::packetdrill
