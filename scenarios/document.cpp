// Builds the tree from the events of yaml-cpp's parser, which, unlike its nodes, keep the place of every key
// and can be stopped before a text nests too deeply for the parser's recursion.
#include "ringside/scenarios/document.hpp"

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <set>
#include <sstream>

#include "utf8.hpp"

namespace ringside::scenarios {
namespace {

constexpr std::size_t max_brackets = 100'000;  // the scanner looks ahead over all that are open

path::Origin place(const YAML::Mark& mark) { return {.line = mark.line + 1, .column = mark.column + 1}; }

class TreeBuilder final : public YAML::EventHandler {
 public:
  TreeBuilder(std::string_view file, Findings& findings) : file_{file}, findings_{findings} {}

  TextNode root{};

  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t) override {
    put({.kind = TextNode::Kind::nothing, .origin = place(mark)}, mark);
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
    throw YAML::ParserException(mark, "anchors and aliases (&, *) are not part of this language");
  }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t,
                const std::string& text) override {
    const bool quoted = tag == "!";
    refuse_tag(mark, tag);
    path::Origin origin = place(mark);
    if (quoted) ++origin.column;
    put({.kind = TextNode::Kind::scalar, .text = text, .origin = origin}, mark);
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t,
                       YAML::EmitterStyle::value) override {
    refuse_tag(mark, tag);
    open(TextNode::Kind::list, mark);
  }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t,
                  YAML::EmitterStyle::value) override {
    refuse_tag(mark, tag);
    open(TextNode::Kind::map, mark);
  }
  void OnSequenceEnd() override { close(); }
  void OnMapEnd() override { close(); }

 private:
  struct Level {  // a list or map that is not yet complete
    TextNode node{};
    std::set<std::string, std::less<>> keys{};
    std::optional<TextNode::Key> pending{};  // the key was read, its value was not
    bool duplicate = false;                  // the pending key was there before
  };

  static void refuse_tag(const YAML::Mark& mark, const std::string& tag) {
    if (!tag.empty() && tag != "?" && tag != "!")  // yaml-cpp's words for "plain" and "quoted"
      throw YAML::ParserException(mark, "tags (!...) are not part of this language");
  }

  void open(TextNode::Kind kind, const YAML::Mark& mark) {
    if (levels_.size() >= max_depth)
      throw YAML::ParserException(mark, fmt::format("nested deeper than {} levels", max_depth));
    if (awaiting_key()) throw YAML::ParserException(mark, "expected a name as the key, found a list or map");
    levels_.push_back({.node = {.kind = kind, .origin = place(mark)}});
  }

  void close() {
    TextNode node = std::move(levels_.back().node);
    levels_.pop_back();
    add(std::move(node));
  }

  void put(TextNode node, const YAML::Mark& mark) {
    if (++values_ > max_values)
      throw YAML::ParserException(mark, fmt::format("more than {} values", max_values));
    if (!awaiting_key()) return add(std::move(node));
    if (node.kind == TextNode::Kind::nothing) throw YAML::ParserException(mark, "expected a name as the key");
    Level& level = levels_.back();
    level.duplicate = !level.keys.insert(node.text).second;
    if (level.duplicate)
      findings_.add(file_, node.origin, fmt::format("duplicate key '{}'", node.text), Fault::syntax);
    level.pending = TextNode::Key{.text = std::move(node.text), .origin = node.origin};
  }

  void add(TextNode node) {
    if (levels_.empty()) {
      root = std::move(node);
      return;
    }
    Level& level = levels_.back();
    if (level.node.kind == TextNode::Kind::list) return level.node.items.push_back(std::move(node));
    if (!level.duplicate) {
      level.node.keys.push_back(*std::move(level.pending));
      level.node.items.push_back(std::move(node));
    }
    level.pending.reset();
  }

  bool awaiting_key() const {
    return !levels_.empty() && levels_.back().node.kind == TextNode::Kind::map && !levels_.back().pending;
  }

  std::string_view file_;
  Findings& findings_;
  std::vector<Level> levels_{};
  std::size_t values_ = 0;
};

// What yaml-cpp cannot be given: other encodings, which its stream would try to guess, and floods of
// brackets.
std::optional<std::string> unfit(std::string_view text) {
  if (text.size() > max_file_bytes) return fmt::format("larger than {} MiB", max_file_bytes >> 20);
  if (const auto bad = first_invalid_utf8(text)) return fmt::format("not UTF-8 text (byte {})", *bad);
  const auto brackets = std::count_if(text.begin(), text.end(), [](char c) { return c == '[' || c == '{'; });
  if (static_cast<std::size_t>(brackets) > max_brackets)
    return fmt::format("more than {} brackets", max_brackets);
  return std::nullopt;
}

}  // namespace

std::vector<TextEntry> TextNode::entries() const {
  std::vector<TextEntry> all;
  for (std::size_t i = 0; i < keys.size(); ++i) all.push_back({keys[i].text, keys[i].origin, items[i]});
  return all;
}

const TextNode* TextNode::find(std::string_view key) const {
  const auto at = std::find_if(keys.begin(), keys.end(), [&](const Key& k) { return k.text == key; });
  return at == keys.end() ? nullptr : &items[static_cast<std::size_t>(at - keys.begin())];
}

std::optional<Document> parse_document(std::string_view text, std::string_view file, Findings& findings) {
  if (const auto reason = unfit(text)) return findings.add(file, {}, *reason, Fault::syntax), std::nullopt;
  std::istringstream stream{std::string{text}};
  TreeBuilder builder{file, findings};
  try {
    YAML::Parser parser{stream};
    if (!parser.HandleNextDocument(builder))
      return findings.add(file, {}, "empty: expected a map", Fault::syntax), std::nullopt;
    TreeBuilder second{file, findings};
    if (parser.HandleNextDocument(second))
      return findings.add(file, second.root.origin, "expected one document, found a second", Fault::syntax),
             std::nullopt;
  } catch (const YAML::Exception& error) {
    findings.add(file, error.mark.is_null() ? path::Origin{} : place(error.mark), error.msg, Fault::syntax);
    return std::nullopt;
  }
  return Document{.root = std::move(builder.root)};
}

}  // namespace ringside::scenarios
