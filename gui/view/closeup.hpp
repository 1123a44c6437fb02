// What happens at a host in a short stretch of a recording, event by event: from when to when each packet was
// at each stage, what the cores did, how queues filled.
#pragma once

#include <cstdint>
#include <vector>

#include "ringside/replay/cast.hpp"
#include "ringside/trace/recording.hpp"

namespace ringside::view {

struct Stay {  // of a packet at a stage, or on the wire
  Time from{};
  Time to{};
  std::uint64_t packet = 0;
  path::Lane lane{};
  std::uint16_t stage = 0;
  bool on_wire = false;  // and at no stage
  int row = 0;           // of those that its lane needs, as some are there at the same time
};

struct Wait {  // of a packet in a queue
  Time from{};
  Time to{};
  std::uint64_t packet = 0;
  std::uint16_t queue = 0;
};

struct Piece {  // of a core's work, without an interruption
  Time from{};
  Time to{};
  std::uint16_t core = 0;
  std::uint8_t level = 0;  // as of trace::Event
  double user = 0;         // the part of it in user mode, 0..1
};

struct Fill {  // of a queue, from then on
  Time at{};
  std::uint32_t waiting = 0;
};

struct Loss {
  Time at{};
  std::uint64_t packet = 0;
  std::uint64_t frames = 0;
  std::uint16_t queue = 0;  // trace::no_queue: none is to blame
};

struct Call {  // of a program into the kernel
  Time at{};
  std::uint16_t core = 0;
};

struct Handler {  // or a timer, which came to a stage by itself
  Time at{};
  std::uint16_t stage = 0;
};

struct Masked {  // an interrupt
  Time from{};
  Time to{};
};

struct WindowChange {  // of a connection of any host
  Time at{};
  std::uint16_t host = 0;
  std::uint16_t connection = 0;
  trace::Window window{};
  std::uint8_t reason = 0;  // as of trace::Event
};

struct Closeup {
  std::vector<Stay> stays{};  // each list in order of time
  std::vector<int> rows{};    // by lane: that its stays need
  std::vector<Wait> waits{};
  std::vector<Piece> pieces{};
  std::vector<std::vector<Fill>> fills{};  // by queue
  std::vector<Loss> losses{};
  std::vector<Call> calls{};
  std::vector<Handler> handlers{};
  std::vector<Masked> masked{};
  std::vector<WindowChange> windows{};
};

// Of the events from number `first` to `behind`.
Closeup closeup(trace::Recording&, const replay::Cast&, std::size_t host, std::uint64_t first,
                std::uint64_t behind);

// Of one packet alone, which was under way at that time: where it was from its first mark to its last.
Closeup way_of(trace::Recording&, const replay::Cast&, std::size_t host, std::uint64_t packet, Time at);

}  // namespace ringside::view
