// The log of a run: plain records, appended in the order in which things were done, read afterwards.
//
// A Mark says that a packet came to a place: a stage, a queue, the wire. What it spent there is the time to
// its next mark, so the times of a journey add up to its whole without a gap, by construction.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "ringside/units/time.hpp"

namespace ringside::trace {

enum class Place : std::uint8_t { stage, queue, link, end };

struct Mark {
  Time at{};
  std::uint64_t packet = 0;
  std::uint16_t host = 0;
  std::uint16_t index = 0;  // of the stage or queue on that host's path
  Place place{};
};

// `child` was made while `cause` was processed (an echo reply, an acknowledgement).
struct Birth {
  std::uint64_t child = 0;
  std::uint64_t cause = 0;
};

class Log {
 public:
  void mark(const Mark& mark) { marks_.push_back(mark); }
  void birth(const Birth& birth) { births_.push_back(birth); }

  const std::vector<Mark>& marks() const { return marks_; }
  const std::vector<Birth>& births() const { return births_; }

 private:
  std::vector<Mark> marks_{};
  std::vector<Birth> births_{};
};

// The marks of every packet whose way ended (Place::end), together with the marks of what caused it up to its
// own birth, in order of time: one vector for each journey.
std::vector<std::vector<Mark>> journeys(const Log& log);

}  // namespace ringside::trace
