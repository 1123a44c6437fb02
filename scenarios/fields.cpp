// The reading functions, and the messages that all texts share.
#include "fields.hpp"

#include <algorithm>

#include "ringside/scenarios/units_text.hpp"
#include "utf8.hpp"

namespace ringside::scenarios {
namespace {

constexpr std::size_t quoted_length = 60;

std::string shown(const TextNode& node) {
  switch (node.kind) {
    case TextNode::Kind::nothing: return "nothing";
    case TextNode::Kind::list: return "a list";
    case TextNode::Kind::map: return "a map";
    case TextNode::Kind::scalar: break;
  }
  if (node.text.size() > quoted_length) return "a longer text";
  return fmt::format("'{}'", node.text);
}

template <class Value>
std::optional<Value> parsed(const TextNode& node, const Source& source,
                            std::optional<Value> (*parse)(std::string_view), std::string_view what) {
  if (node.kind == TextNode::Kind::scalar)
    if (const auto value = parse(node.text)) return value;
  source.wrong(node, what);
  return std::nullopt;
}

}  // namespace

void Source::wrong(const TextNode& node, std::string_view what) const {
  const std::string note = node.note.empty() ? "" : fmt::format(" ({})", node.note);
  error(node.origin, fmt::format("expected {}, found {}{}", what, shown(node), note), Fault::value);
}

Fields::Fields(const TextNode& map, const Source& source, std::string_view what)
    : map_{map}, source_{source}, what_{what} {
  if (!usable()) source_.wrong(map_, fmt::format("a map for {}", what_));
}

const TextNode* Fields::find(std::string_view key) {
  known_.push_back(key);
  return map_.find(key);
}

const TextNode* Fields::need(std::string_view key) {
  const TextNode* node = find(key);
  if (!node && usable())
    source_.error(map_.origin, fmt::format("missing key '{}' in {}", key, what_), Fault::missing_key);
  return node;
}

void Fields::close() const {
  for (const TextEntry& entry : map_.entries()) {
    if (std::find(known_.begin(), known_.end(), entry.key) != known_.end()) continue;
    source_.error(
        entry.origin,
        fmt::format("unknown key '{}' in {}{}", entry.key, what_, did_you_mean_or_list(entry.key, known_)),
        Fault::unknown_key);
  }
}

std::optional<std::string> as_text(const TextNode& node, const Source& source) {
  if (node.kind == TextNode::Kind::scalar) return node.text;
  source.wrong(node, "a text");
  return std::nullopt;
}

std::optional<std::string> as_name(const TextNode& node, const Source& source) {
  if (node.kind == TextNode::Kind::scalar && !node.text.empty()) return node.text;
  source.wrong(node, "a name");
  return std::nullopt;
}

std::optional<path::Text> as_bilingual(const TextNode& node, const Source& source) {
  if (node.kind == TextNode::Kind::scalar) return path::Text{.en = node.text, .zh_CN = node.text};
  if (node.kind != TextNode::Kind::map) {
    source.wrong(node, "a text or {en: ..., zh_CN: ...}");
    return std::nullopt;
  }
  path::Text text;
  Fields fields{node, source, "a text in two languages"};
  fields.need("en", text.en, as_name);
  fields.need("zh_CN", text.zh_CN, as_name);
  fields.close();
  text.zh_CN = without_fold_spaces(text.zh_CN);
  return text;
}

std::optional<bool> as_bool(const TextNode& node, const Source& source) {
  if (node.kind == TextNode::Kind::scalar && (node.text == "true" || node.text == "false"))
    return node.text == "true";
  source.wrong(node, "true or false");
  return std::nullopt;
}

std::optional<Duration> as_duration(const TextNode& node, const Source& source) {
  const auto time = parsed(node, source, parse_duration, "a time such as 10us (ps, ns, us, ms, s)");
  if (!time || *time <= longest_duration) return time;
  source.wrong(node,
               fmt::format("a time up to {} days",
                           std::chrono::duration_cast<std::chrono::hours>(longest_duration).count() / 24));
  return std::nullopt;
}

std::optional<BitRate> as_bit_rate(const TextNode& node, const Source& source) {
  return parsed(node, source, parse_bit_rate, "a rate such as 10Mbps (bps, kbps, Mbps, Gbps)");
}

std::optional<Frequency> as_frequency(const TextNode& node, const Source& source) {
  return parsed(node, source, parse_frequency, "a frequency such as 150MHz (Hz, kHz, MHz, GHz)");
}

std::optional<double> as_number(const TextNode& node, const Source& source) {
  return parsed(node, source, parse_number, "a number, 0 or more");
}

std::optional<double> as_probability(const TextNode& node, const Source& source) {
  return parsed(node, source, parse_probability, "a probability from 0 to 1");
}

std::optional<std::vector<std::string>> as_names(const TextNode& node, const Source& source) {
  if (node.kind != TextNode::Kind::list) {
    auto name = as_name(node, source);
    return name ? std::optional{std::vector{*std::move(name)}} : std::nullopt;
  }
  std::vector<std::string> names;
  for (const TextNode& item : node.items)
    if (auto name = as_name(item, source)) names.push_back(*std::move(name));
  return names;
}

std::optional<std::int64_t> as_count::operator()(const TextNode& node, const Source& source) const {
  if (node.kind == TextNode::Kind::scalar)
    if (const auto count = parse_count(node.text); count && *count >= least && *count <= most) return count;
  source.wrong(node, fmt::format("a whole number from {} to {}", least, most));
  return std::nullopt;
}

std::optional<std::int64_t> as_size::operator()(const TextNode& node, const Source& source) const {
  const auto bytes = parsed(node, source, parse_bytes, "a size such as 64KiB (B, KiB, MiB, GiB)");
  if (!bytes) return std::nullopt;
  if (bytes->count >= least && bytes->count <= most) return bytes->count;
  source.wrong(node, fmt::format("a size from {}B to {}B", least, most));
  return std::nullopt;
}

std::optional<std::string_view> one_of(const TextNode& node, const Source& source,
                                       const std::vector<std::string_view>& words) {
  if (node.kind == TextNode::Kind::scalar) {
    const auto word = std::find(words.begin(), words.end(), node.text);
    if (word != words.end()) return *word;
    const std::string note = node.note.empty() ? "" : fmt::format(" ({})", node.note);
    source.error(node.origin, fmt::format("expected one of {}, found {}{}{}", fmt::join(words, ", "),
                                          shown(node), note, did_you_mean(node.text, words)));
    return std::nullopt;
  }
  source.wrong(node, fmt::format("one of {}", fmt::join(words, ", ")));
  return std::nullopt;
}

}  // namespace ringside::scenarios
