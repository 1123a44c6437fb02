// A YAML text as a tree that remembers where everything stood.
//
// The language of the texts is a small part of YAML: maps, lists and scalars. Anchors, aliases, tags and a
// second document are refused, so that a text of n bytes never grows into more than O(n) values.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ringside/path/path.hpp"
#include "ringside/scenarios/finding.hpp"

namespace ringside::scenarios {

inline constexpr std::size_t max_file_bytes = 8 << 20;
inline constexpr int max_depth = 32;               // levels of nesting; the deepest text that ships has 5
inline constexpr std::size_t max_values = 20'000;  // the longest text that ships has 700

struct TextEntry;

struct TextNode {
  enum class Kind { nothing, scalar, list, map };
  struct Key {
    std::string text{};
    path::Origin origin{};
  };
  Kind kind = Kind::nothing;
  std::string text{};             // of a scalar
  path::Origin origin{};          // of the first character of the text; of a list or map, where it begins
  std::string note{};             // where the text came from, when it replaced a $name
  bool from_option = false;       // it came from the command line
  std::vector<TextNode> items{};  // of a list; of a map, its values
  std::vector<Key> keys{};        // of a map, one for each value, in the order of the text, each once

  std::vector<TextEntry> entries() const;            // of a map
  const TextNode* find(std::string_view key) const;  // nullptr: no map, or no such key
};

// A key and its value, as they lie in the map.
struct TextEntry {
  const std::string& key;
  path::Origin origin;
  const TextNode& value;
};

struct Document {
  TextNode root{};
};

// What is in a file: one octet more than max_file_bytes at least, if it has more than those. nullopt: it
// cannot be read, and `findings` says why.
std::optional<std::string> read_text(const std::string& file, Findings& findings);
// nullopt: the text is not in the language, and `findings` says where and why.
std::optional<Document> parse_document(std::string_view text, std::string_view file, Findings& findings);
std::optional<Document> read_document(const std::string& file, Findings& findings);

}  // namespace ringside::scenarios
