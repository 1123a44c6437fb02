// Keys and their values.
#include "keys.hpp"

#include <algorithm>

namespace ringside::scenarios {
namespace {

bool is_reference(const TextNode& node) {
  const auto in_name = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  };
  return node.kind == TextNode::Kind::scalar && node.text.size() > 1 && node.text.front() == '$' &&
         std::all_of(node.text.begin() + 1, node.text.end(), in_name);
}

void replace(TextNode& node, const std::vector<Replacement>& replacements, const Source& source) {
  for (TextNode& item : node.items) replace(item, replacements, source);
  if (!is_reference(node)) return;
  const std::string_view name = std::string_view{node.text}.substr(1);
  std::vector<std::string_view> names;
  for (const Replacement& replacement : replacements) {
    names.push_back(replacement.name);
    if (replacement.name != name) continue;
    node.note = replacement.note;
    node.from_option = replacement.from_option;
    node.text = replacement.text;
    return;
  }
  source.error(node.origin, fmt::format("no key '{}' for ${}{}", name, name, did_you_mean(name, names)));
}

Key read_key(const TextEntry& entry, const Source& source) {
  Key key{.name = entry.key, .origin = entry.origin};
  Fields fields{entry.value, source, "a key"};
  fields.need("default", key.value, as_text);
  fields.need("what", key.what, as_bilingual);
  fields.close();
  return key;
}

}  // namespace

std::vector<std::pair<std::string, std::string>> read_keys(const TextNode* keys, const Source& source,
                                                           const Overrides& overrides, Scenario& scenario,
                                                           std::vector<Replacement>& replacements) {
  if (keys && keys->kind != TextNode::Kind::map) source.wrong(*keys, "a map of keys");
  const std::size_t first = replacements.size();
  if (keys)
    for (const TextEntry& entry : keys->entries()) {
      scenario.keys.push_back(read_key(entry, source));
      replacements.push_back({.name = entry.key,
                              .text = scenario.keys.back().value,
                              .note = fmt::format("the default of key '{}'", entry.key)});
    }
  std::vector<std::pair<std::string, std::string>> others;
  for (const auto& setting : overrides.set) {
    const auto key = std::find_if(scenario.keys.begin(), scenario.keys.end(),
                                  [&](const Key& known) { return known.name == setting.first; });
    if (key == scenario.keys.end()) {
      others.push_back(setting);
      continue;
    }
    key->value = setting.second;
    replacements[first + static_cast<std::size_t>(key - scenario.keys.begin())] = {
        .name = setting.first,
        .text = setting.second,
        .note = fmt::format("from --set {}", setting.first),
        .from_option = true};
  }
  return others;
}

void replace_names(TextNode& root, const std::vector<Replacement>& replacements, const Source& source) {
  for (std::size_t i = 0; i < root.keys.size(); ++i)
    if (root.keys[i].text != "keys") replace(root.items[i], replacements, source);
}

}  // namespace ringside::scenarios
