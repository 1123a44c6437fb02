// The way of one packet through a recording.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "ringside/trace/recording.hpp"

namespace ringside::replay {

// Whether it says where a packet is, or what became of it. What it spent there is the time to its next mark.
constexpr bool is_mark(const trace::Event& event) {
  return event.packet != 0 && (event.kind <= trace::Kind::gone || event.kind == trace::Kind::held);
}

struct Step {
  trace::Event mark{};
  Duration lasts{};          // until the next; of the last one 0
  Duration interrupted{};    // so much of it: a higher level had the core
  std::uint64_t number = 0;  // of the event, for Recording::after
};

struct Journey {
  std::uint64_t packet = 0;
  std::uint64_t parent = 0;  // the packet while whose processing it was made; 0: none
  std::vector<Step> steps{};
  Duration whole{};  // what the steps last, all together
};

// All that a recording says of the packet, from its first mark to its last. `near_event`: the number of an
// event while it was under way; no more is read than that takes. Without steps: it was not.
Journey journey(trace::Recording&, std::uint64_t packet, std::uint64_t near_event);

// The number of the first mark of the packet from event `from` on, and before `to`.
std::optional<std::uint64_t> find_mark(trace::Recording&, std::uint64_t packet, std::uint64_t from,
                                       std::uint64_t to);

}  // namespace ringside::replay
