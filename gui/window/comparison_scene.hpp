// One packet on all sides of a session, as a scene for the view library.
#pragma once

#include <optional>
#include <utility>

#include "view/comparison.hpp"
#include "window/session.hpp"

namespace ringside::window {

// Two sides; nothing: the first and the last.
using Pair = std::optional<std::pair<std::size_t, std::size_t>>;

view::ComparisonScene comparison_of(Session&, Pair = {});

// Why the sides keep step by time alone; empty: they need not. In one language, even where both are shown.
QString why_only_time(Session&);

// What differs between the sides, in a sentence.
QString facts_of(Session&);

}  // namespace ringside::window
