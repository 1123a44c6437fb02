#include "ringside/replay/catalogue.hpp"

#include <algorithm>
#include <map>
#include <stdexcept>

#include "ringside/path/width.hpp"
#include "tables.hpp"

namespace ringside::replay {

namespace {

std::vector<Entry> gathered() {
  std::vector<Entry> all;
  for (const auto table : {event_sentences(), words_of_events(), drop_reasons(), comparison_sentences(),
                           panel_words(), condition_errors(), finding_words(), show_words()})
    all.insert(all.end(), table.begin(), table.end());
  for (const Metric& metric : metrics()) all.push_back(metric.entry);
  return all;
}

// Calls with every piece of a text: `place` tells the names between braces from what is around them.
template <class Each>
void for_each_piece(std::string_view text, Each each) {
  while (!text.empty()) {
    const auto open = text.find('{');
    const auto close = open == text.npos ? open : text.find('}', open);
    if (close == text.npos) return each(text, false);
    each(text.substr(0, open), false);
    each(text.substr(open + 1, close - open - 1), true);
    text.remove_prefix(close + 1);
  }
}

std::string filled(const Entry& entry, std::string_view text, const Values& values) {
  std::string sentence;
  for_each_piece(text, [&](std::string_view piece, bool place) {
    if (!place) return void(sentence += piece);
    const auto value = std::ranges::find(values, piece, &Values::value_type::first);
    if (value == values.end())
      throw std::logic_error{std::string{entry.id} + ": nothing takes the place of {" + std::string{piece} +
                             "}"};
    sentence += value->second;
  });
  return sentence;
}

}  // namespace

const std::vector<Entry>& catalogue() {
  static const std::vector<Entry> all = gathered();
  return all;
}

const Entry* find(std::string_view id) {
  static const auto by_id = [] {
    std::map<std::string_view, const Entry*> ids;
    for (const Entry& entry : catalogue()) ids.emplace(entry.id, &entry);
    return ids;
  }();
  const auto found = by_id.find(id);
  return found == by_id.end() ? nullptr : found->second;
}

std::vector<std::string_view> placeholders(std::string_view text) {
  std::vector<std::string_view> names;
  for_each_piece(text, [&](std::string_view piece, bool place) {
    if (place) names.push_back(piece);
  });
  return names;
}

std::string say(std::string_view id, path::Language language, const Values& values) {
  const Entry* entry = find(id);
  if (!entry) throw std::logic_error{"the catalogue has no '" + std::string{id} + "'"};
  const auto chinese = [&] { return path::closed_up(filled(*entry, entry->zh_CN, values)); };
  switch (language) {
    case path::Language::en: return filled(*entry, entry->en, values);
    case path::Language::zh_CN: return chinese();
    case path::Language::both: break;
  }
  return filled(*entry, entry->en, values) + '\n' + chinese();
}

}  // namespace ringside::replay
