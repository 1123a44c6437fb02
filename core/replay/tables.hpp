// The tables that make up the catalogue.
#pragma once

#include <span>

#include "ringside/replay/catalogue.hpp"

namespace ringside::replay {

std::span<const Entry> event_sentences();
std::span<const Entry> words_of_events();
std::span<const Entry> drop_reasons();
std::span<const Entry> comparison_sentences();
std::span<const Entry> panel_words();
std::span<const Entry> condition_errors();
std::span<const Entry> finding_words();
std::span<const Entry> show_words();

struct Metric {
  Entry entry{};
  std::string_view unit{};  // 1/s; empty: a count or a ratio
};
std::span<const Metric> metrics();

}  // namespace ringside::replay
