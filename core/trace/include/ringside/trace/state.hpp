// What a recording says is the case at one moment: the events up to there, folded.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <vector>

#include "ringside/trace/event.hpp"

namespace ringside::trace {

struct Whereabouts {  // of a packet
  Kind place{};       // stage, queue or link
  std::uint16_t host = 0;
  std::uint16_t index = 0;
  Time since{};
  std::uint32_t bytes = 0;  // of it, all its frames together
  std::uint8_t frames = 0;  // that it consists of; 255: or more
  // Where on this host it was before, so that a picture can show it on its way; birth: nowhere.
  Kind from_place = Kind::birth;
  std::uint16_t from_index = 0;
  bool operator==(const Whereabouts&) const = default;
};

struct CoreTime {                       // so far
  std::array<std::uint64_t, 3> busy{};  // picoseconds, by level
  std::uint64_t user = 0;               // the part of the threads' in user mode
  bool operator==(const CoreTime&) const = default;
};

inline constexpr std::size_t counted = 4;  // kinds of events of which no more is kept than their number

struct HostState {
  std::vector<std::uint64_t> came{};     // by stage: packets so far
  std::vector<std::uint32_t> waiting{};  // by queue: packets now
  std::vector<std::uint64_t> dropped{};  // by queue that was full: frames so far
  std::vector<std::uint64_t> thrown{};   // by reason, where no queue was: frames so far
  std::vector<std::uint32_t> masked{};   // by notification: interrupt lines that are masked now
  std::vector<CoreTime> cores{};
  std::vector<Window> windows{};                // by connection, from 1 on: now
  std::array<std::uint64_t, counted> counts{};  // from Kind::syscall to Kind::wakeup: so far
  std::uint64_t delivered = 0;                  // packets whose way has ended

  std::uint64_t count(Kind kind) const {  // one of those
    return counts[static_cast<std::size_t>(kind) - static_cast<std::size_t>(Kind::syscall)];
  }
  bool operator==(const HostState&) const = default;
};

struct State {
  std::uint64_t events = 0;  // folded into it
  Time at{};                 // of the last of them
  std::vector<HostState> hosts{};
  std::map<std::uint64_t, Whereabouts> packets{};  // those that are on their way
  bool operator==(const State&) const = default;

  void apply(const Event&);
};

// What the window was that an event has changed; no connection: 0.
Window window_before(const State&, const Event&);

}  // namespace ringside::trace
