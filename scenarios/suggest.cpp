// The nearest word.
#include "ringside/scenarios/suggest.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <numeric>
#include <utility>

namespace ringside::scenarios {
namespace {

constexpr std::size_t longest_word = 64;  // no name is longer; keeps a hostile text from costing its square

}  // namespace

std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before_last, last(b.size() + 1), row(b.size() + 1);
  std::iota(last.begin(), last.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0u : 1u)});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) row[j] = std::min(row[j], before_last[j - 2] + 1);
    }
    before_last = std::exchange(last, row);
  }
  return last[b.size()];
}

std::optional<std::string_view> suggest(std::string_view word,
                                        const std::vector<std::string_view>& candidates) {
  if (word.size() > longest_word) return std::nullopt;
  std::optional<std::string_view> best;
  std::size_t nearest = std::max<std::size_t>(1, word.size() / 3) + 1;
  for (std::string_view candidate : candidates) {
    if (candidate.size() > longest_word) continue;
    const std::size_t distance = edit_distance(word, candidate);
    if (distance >= nearest || distance >= candidate.size()) continue;  // no letter in common is no likeness
    nearest = distance;
    best = candidate;
  }
  return best;
}

std::string did_you_mean(std::string_view word, const std::vector<std::string_view>& candidates) {
  const auto nearest = suggest(word, candidates);
  return nearest ? fmt::format("; did you mean '{}'?", *nearest) : std::string{};
}

std::string did_you_mean_or_list(std::string_view word, const std::vector<std::string_view>& candidates) {
  if (std::string found = did_you_mean(word, candidates); !found.empty()) return found;
  return candidates.empty() ? std::string{}
                            : fmt::format("; expected one of {}", fmt::join(candidates, ", "));
}

}  // namespace ringside::scenarios
