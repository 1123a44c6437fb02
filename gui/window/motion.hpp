// What moves on a stage while it is played, and what of it stays in sight for a while.
#pragma once

#include <optional>
#include <vector>

#include "view/stage.hpp"
#include "window/session.hpp"

namespace ringside::window {

std::vector<view::Flight> flights_of(Session&, std::size_t side, const trace::State&);
std::vector<view::Dropped> falls_of(Session&, std::size_t side);

// The queue that flashes, as it has become full with the last event. Only in event time, and only where that
// happens less often than three times in a second.
std::optional<std::size_t> just_full(Session&, std::size_t side, const trace::State&);

}  // namespace ringside::window
