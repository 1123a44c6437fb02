// What the session says, as scenes of the timeline and of the scrubber.
#pragma once

#include <optional>
#include <vector>

#include "view/scrubber.hpp"
#include "view/timeline.hpp"
#include "window/session.hpp"

namespace ringside::window {

// By side: of the packets that ended between the markers; none without two of these.
std::vector<std::optional<view::Latency>> latencies_between_markers(Session&);

view::TimelineScene timeline_scene(Session&, const std::vector<std::optional<view::Latency>>&);
view::ScrubberScene scrubber_scene(Session&);

}  // namespace ringside::window
