// Where a run writes what happens, as it happens; and the log that is kept to be read afterwards.
//
// A Mark says that a packet came to a place: a stage, a queue, the wire. What it spent there is the time to
// its next mark, so the times of a journey add up to its whole without a gap, by construction.
#pragma once

#include <cstdint>
#include <vector>

#include "ringside/trace/event.hpp"
#include "ringside/units/time.hpp"

namespace ringside::trace {

class Log {
 public:
  virtual ~Log() = default;
  virtual void add(const Event& event) = 0;
};

struct Mark {
  Time at{};
  std::uint64_t packet = 0;
  std::uint16_t host = 0;
  std::uint16_t index = 0;  // of the stage or queue on that host's path
  Kind place{};             // stage, queue, link or end
};

// `child` was made while `cause` was processed (an echo reply, an acknowledgement).
struct Birth {
  std::uint64_t child = 0;
  std::uint64_t cause = 0;
};

// Of the packets alone.
class JourneyLog : public Log {
 public:
  void add(const Event& event) override;

  const std::vector<Mark>& marks() const { return marks_; }
  const std::vector<Birth>& births() const { return births_; }

 private:
  std::vector<Mark> marks_{};
  std::vector<Birth> births_{};
};

// The marks of every packet whose way ended (Kind::end), together with the marks of what caused it up to its
// own birth, in order of time: one vector for each journey.
std::vector<std::vector<Mark>> journeys(const JourneyLog& log);

}  // namespace ringside::trace
