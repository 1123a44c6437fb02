// Finding moments in a recording: the next or the last one before at which something happens.
//
// A moment is a number of events, as Recording::after() takes it: the state in which what was sought has just
// happened.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <variant>
#include <vector>

#include "ringside/replay/overview.hpp"
#include "ringside/trace/recording.hpp"

namespace ringside::replay {

// An event, of which what is given must fit.
struct Happening {
  std::optional<trace::Kind> kind{};
  std::optional<std::uint64_t> packet{};  // its own events: what was born of it has others
  std::optional<std::uint16_t> host{};
  std::optional<std::vector<std::uint16_t>> indices{};  // one of these
  bool operator==(const Happening&) const = default;
};

// More packets than so many wait in a queue, and before there were no more than that.
struct Filling {
  std::uint16_t host = 0;
  std::uint16_t queue = 0;
  std::uint32_t above = 0;
  bool operator==(const Filling&) const = default;
};

// A connection's congestion window is smaller, or else greater, than so many octets, and before it was not.
struct Crossing {
  std::uint16_t host = 0;
  std::uint16_t connection = 0;
  bool below = true;
  std::uint32_t octets = 0;
  bool operator==(const Crossing&) const = default;
};

using Sought = std::variant<Happening, Filling, Crossing, Time>;

bool fits(const Happening&, const trace::Event&);

// The first moment after `from`. With an overview of the same recording, stretches of time in which no event
// can fit are not read. nullopt: there is none, or it was no longer wanted. Of a time: the moment after the
// last event up to it, if that is on this side.
std::optional<std::uint64_t> next(trace::Recording&, std::uint64_t from, const Sought&,
                                  const Overview* = nullptr, const Progress& = {});
// The last moment before `from`.
std::optional<std::uint64_t> previous(trace::Recording&, std::uint64_t from, const Sought&,
                                      const Overview* = nullptr, const Progress& = {});

// The events that fit, by their numbers from 0, in order: at most so many of the last ones before a moment,
// and of the first ones after it. nullopt: it was no longer wanted.
struct Gathered {
  std::vector<std::uint64_t> events{};
  bool from_begin = false;  // there are none before them
  bool to_end = false;      // there are none behind them
};
std::optional<Gathered> gather(trace::Recording&, std::uint64_t moment, const Happening&, std::size_t most,
                               const Progress& = {});

}  // namespace ringside::replay
