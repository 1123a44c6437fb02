// "did you mean 'x'?"
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ringside::scenarios {

// Letters to insert, delete, replace or swap with their neighbour to make `b` of `a` (optimal string
// alignment).
std::size_t edit_distance(std::string_view a, std::string_view b);

// The candidate nearest to the word, if it is near enough to be what was meant; the first of equals.
std::optional<std::string_view> suggest(std::string_view word,
                                        const std::vector<std::string_view>& candidates);

// "; did you mean 'x'?", or nothing.
std::string did_you_mean(std::string_view word, const std::vector<std::string_view>& candidates);
// The same, and where nothing is near: "; expected one of x, y".
std::string did_you_mean_or_list(std::string_view word, const std::vector<std::string_view>& candidates);

}  // namespace ringside::scenarios
