// How the sides of a comparison keep step: which packet of one is which of another, and at which moment each
// stands when the first stands at its own.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "model/reel.hpp"
#include "ringside/replay/journey.hpp"

namespace ringside::model {

// By time: at the same time. By packet: as long after the arrival of the same packet. By milestone: where
// that packet has just come to the same lane.
enum class Lock : std::uint8_t { time, packet, milestone };
inline constexpr int lock_count = 3;

// Why the packets of two recordings cannot be compared one by one.
enum class Unlike : std::uint8_t {
  nothing,  // they can
  unread,   // one of them has not been surveyed yet
  none,     // nothing arrives in one of them
  times     // they come at other times
};
struct Likeness {
  Unlike because = Unlike::nothing;
  std::size_t rank = 0;  // times: of the first that differs, from 0
  Time first{};          // when it arrives in the one,
  Time second{};         // and in the other
  bool like() const { return because == Unlike::nothing; }
};

// What arrives must arrive at the same times, as far as both recordings go: each may end while something is
// on its way in.
Likeness likeness(const replay::Arrivals&, const replay::Arrivals&);
Likeness likeness(const Reel&, const Reel&);

// The way on which what a packet carries comes to a program. Where nobody but a packet tap wants it, that is
// the way of the tap's clone.
replay::Journey way_to_program(Reel&, std::uint64_t packet, std::uint64_t near_event);

// How far a packet has come on its way through a host: each lane on the way up to the program and then, in
// the other order, on its way down again. Later ones are greater.
using Milestone = int;
inline constexpr Milestone over = 2 * path::lane_count;  // the way is over, however

struct Reached {
  Milestone milestone{};
  std::uint64_t events = 0;  // after so many it has just been reached
  bool operator==(const Reached&) const = default;
};

// All that a packet reaches in the host, each the first time that it does, in order.
std::vector<Reached> milestones(const replay::HostCast&, std::uint16_t host, const replay::Journey&);
// The last one reached after so many events. nullptr: none yet.
const Reached* reached(std::span<const Reached>, std::uint64_t events);
// The same milestone on another way, or the last before that it has. nullptr: it has none.
const Reached* matching(std::span<const Reached>, Milestone);

// Where a side is in its recording: after so many events, at that time, which its last event may be before.
struct Standing {
  std::uint64_t events = 0;
  Time now{};
};

// The numbers of several sides for one packet, and the moments at which they stand. The first side leads.
class Lockstep {
 public:
  void show(std::vector<Reel*> sides);  // nullptr: a side without a recording yet

  // Between the first side and this one.
  const Likeness& likeness_of(std::size_t side) const { return likenesses_.at(side); }
  bool all_like() const;

  // The same packet on another side; 0: there is none.
  std::uint64_t counterpart(std::size_t from, std::uint64_t packet, std::size_t to) const;
  // The last packet that has arrived at the first side by then; 0: none.
  std::uint64_t arrived_last(Time now) const;
  // When a packet arrives at a side; nullopt: it does not.
  std::optional<Time> arrival(std::size_t side, std::uint64_t packet) const;
  const replay::Journey& journey(std::size_t side, std::uint64_t packet);  // to a program, if that has it

  // Where the side stands, when the first stands there and follows that packet; `shift`: so much later than
  // the lock says.
  Standing standing(std::size_t side, Lock, std::uint64_t packet, const Standing& first, Duration shift = {});

 private:
  Reel* reel(std::size_t side) const { return side < sides_.size() ? sides_[side] : nullptr; }
  const replay::Arrivals* arrivals(std::size_t side) const;
  const Reached* milestone(std::size_t side, std::uint64_t packet, std::uint64_t first_events);
  const std::vector<Reached>& way(std::size_t side, std::uint64_t packet);

  struct Known {  // of the packet asked for last
    replay::Journey journey{};
    std::vector<Reached> way{};
  };
  const Known& known(std::size_t side, std::uint64_t packet);

  std::vector<Reel*> sides_{};
  std::vector<Likeness> likenesses_{};
  std::vector<Known> known_{};
};

}  // namespace ringside::model
