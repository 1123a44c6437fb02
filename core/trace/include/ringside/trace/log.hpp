// Where a run writes what happens, as it happens; and the log that is kept to be read afterwards.
//
// An event of kind stage, queue, link or end is a mark: a packet came to a place. What it spent there is the
// time to its next mark, so the times of a journey add up to its whole without a gap, by construction.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "ringside/trace/event.hpp"
#include "ringside/units/time.hpp"

namespace ringside::trace {

class Log {
 public:
  virtual ~Log() = default;
  virtual void add(const Event& event) = 0;
  // The first octets of a packet of `length`, right after the event that it came to `stage`: where nobody has
  // seen it before, or they have changed since.
  virtual void frame(Time /*at*/, std::uint64_t /*packet*/, std::uint16_t /*host*/, std::uint16_t /*stage*/,
                     std::uint32_t /*length*/, std::span<const std::uint8_t> /*octets*/) {}
};
inline constexpr std::size_t most_octets = 256;  // that frame() gets of a packet

// Of the packets alone.
class JourneyLog : public Log {
 public:
  void add(const Event& event) override;
  const std::vector<Event>& events() const { return events_; }

 private:
  std::vector<Event> events_{};
};

// The marks of every packet whose way ended (Kind::end), together with the marks of what caused it up to its
// own birth, in order of time: one vector for each journey.
std::vector<std::vector<Event>> journeys(const JourneyLog& log);

}  // namespace ringside::trace
