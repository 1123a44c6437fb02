// What the sweep of a session has brought, as a picture shows it.
#pragma once

#include <optional>

#include "view/sweep.hpp"
#include "window/session.hpp"

namespace ringside::window {

view::SweepScene sweep_scene(const Session&);

// A curve for each path.
std::vector<view::SweepCurve> sweep_curves(const model::Sweep&, const std::string& metric);

// The sweep of what is open, on each path with what is set of it, but for what varies. nullopt: nothing is
// open that can be run.
struct Varied {
  scenarios::Vary what{};
  bool by_the_scenario = false;  // as its text has it
};
std::optional<model::SweepOrder> sweep_order(const Session&, const Varied&, int seeds);

}  // namespace ringside::window
