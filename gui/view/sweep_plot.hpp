// The curves of a sweep, between their axes.
#pragma once

#include "view/sweep.hpp"

namespace ringside::view {

// Lines of type below the plot: what the values are, and what varies.
inline constexpr double sweep_axis_lines = 3.4;

// Not one that lies far above all curves, or is known at one value alone.
bool is_drawn(const SweepScene&, const SweepLimit&);
void sweep_plot(Picture&, const SweepScene&, const QRectF& area, double font);

// How a curve is told from the others, beside its colour and its letter.
Dash sweep_dash(std::size_t curve);
Token sweep_token(const SweepScene&, std::size_t curve);
Line sweep_limit_line(SweepLimit::Kind);
void sweep_mark(Picture&, const SweepScene&, std::size_t curve, QPointF at, double radius);

}  // namespace ringside::view
