// What was dropped at a host a moment ago, or lost on the line to it, and where it was.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "model/reel.hpp"

namespace ringside::model {

struct Fallen {
  std::uint64_t number = 0;  // of the event, from 0
  trace::Event drop{};
  // The queue that had no room, or the stage or queue in which it was; what the line has lost was where it
  // left one host, and would have been where frames come in at the other. nullopt: it is not known.
  std::optional<trace::Whereabouts> where{};
};

// Of the events from number `from` on, `to` excluded; at most the last few thousand of them are read.
std::vector<Fallen> fallen(Reel&, std::size_t host, std::uint64_t from, std::uint64_t to);

}  // namespace ringside::model
