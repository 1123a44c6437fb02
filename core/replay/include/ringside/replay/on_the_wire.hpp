// What passed the wire of a host: the frames of a capture.
#pragma once

#include <cstdint>
#include <functional>

#include "ringside/replay/cast.hpp"
#include "ringside/replay/overview.hpp"
#include "ringside/trace/recording.hpp"

namespace ringside::replay {

// A recording has the first octets of a packet (docs/recording.md), and how long all of it is.
using Passed = std::function<void(Time at, const trace::Frame&)>;

// Calls for each frame that arrived or left with the events of these numbers, `to` excluded, in order.
// `packet`: of this one alone; 0: of all. False: it was no longer wanted.
bool on_the_wire(trace::Recording&, const HostCast&, std::uint16_t host, std::uint64_t from, std::uint64_t to,
                 std::uint64_t packet, const Passed&, const Progress& = {});

}  // namespace ringside::replay
