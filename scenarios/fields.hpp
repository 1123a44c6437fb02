// Reads the values of a document into members, and reports every one that is not what was expected.
//
// A Fields is asked for each key of its map once; those that nobody asked for are unknown. A reading function
// (as_count, as_duration...) turns a node into a value, or reports what it expected and returns nullopt.
#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "ringside/path/path.hpp"
#include "ringside/scenarios/document.hpp"
#include "ringside/scenarios/finding.hpp"
#include "ringside/scenarios/suggest.hpp"
#include "ringside/units/quantity.hpp"

namespace ringside::scenarios {

// The file that is being read, and where its findings go.
struct Source {
  std::string_view file;
  Findings& findings;

  void error(path::Origin origin, std::string message, Fault fault = Fault::rule) const {
    findings.add(file, origin, std::move(message), fault);
  }
  // "expected <what>, found <the node>"
  void wrong(const TextNode& node, std::string_view what) const;
};

class Fields {
 public:
  // `what` names the map in messages: "a stage", "the scenario". A node that is no map is reported.
  Fields(const TextNode& map, const Source& source, std::string_view what);

  const TextNode* find(std::string_view key);
  const TextNode* need(std::string_view key);  // reports a missing key

  // Both leave `member` as it is when there is nothing, or nothing right, to read.
  template <class Member, class Read>
  void get(std::string_view key, Member& member, Read read) {
    if (const TextNode* node = find(key)) store(*node, member, read);
  }
  template <class Member, class Read>
  void need(std::string_view key, Member& member, Read read) {
    if (const TextNode* node = need(key)) store(*node, member, read);
  }

  void close() const;  // reports the keys that were not asked for

  const TextNode& node() const { return map_; }
  bool usable() const { return map_.kind == TextNode::Kind::map; }

 private:
  template <class Member, class Read>
  void store(const TextNode& node, Member& member, Read read) {
    if (auto value = read(node, source_)) member = static_cast<Member>(*std::move(value));
  }

  const TextNode& map_;
  const Source& source_;
  std::string_view what_;
  std::vector<std::string_view> known_{};
};

// A map that becomes a value of its own: `read` asks the fields for each of its members.
template <class Record, class Read>
Record read_record(const TextNode& node, const Source& source, std::string_view what, Read read) {
  Record record;
  Fields fields{node, source, what};
  read(fields, record);
  fields.close();
  return record;
}

std::optional<std::string> as_text(const TextNode&, const Source&);  // any scalar, also empty when quoted
std::optional<std::string> as_name(const TextNode&, const Source&);  // not empty
std::optional<path::Text> as_bilingual(const TextNode&,
                                       const Source&);  // {en: ..., zh_CN: ...}, or one text for both
std::optional<bool> as_bool(const TextNode&, const Source&);
std::optional<Duration> as_duration(const TextNode&, const Source&);  // up to longest_duration
std::optional<BitRate> as_bit_rate(const TextNode&, const Source&);
std::optional<Frequency> as_frequency(const TextNode&, const Source&);
std::optional<double> as_number(const TextNode&, const Source&);
std::optional<double> as_probability(const TextNode&, const Source&);
std::optional<std::vector<std::string>> as_names(const TextNode&,
                                                 const Source&);  // one name, or a list of names

// A count within limits, both included.
struct as_count {
  std::int64_t least = 0;
  std::int64_t most = 1'000'000'000;
  std::optional<std::int64_t> operator()(const TextNode&, const Source&) const;
};

// A size in bytes within limits, both included.
struct as_size {
  std::int64_t least = 0;
  std::int64_t most = 1'000'000'000;
  std::optional<std::int64_t> operator()(const TextNode&, const Source&) const;
};

std::optional<std::string_view> one_of(const TextNode&, const Source&,
                                       const std::vector<std::string_view>& words);

// One of the words of the route map language.
template <class Word>
std::optional<Word> as_word(const TextNode& node, const Source& source) {
  const auto word = one_of(node, source, path::words<Word>());
  return word ? path::parse<Word>(*word) : std::nullopt;
}

}  // namespace ringside::scenarios
