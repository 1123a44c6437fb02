// What the paths of the library call their stages, queues and notifications has a name in Chinese, or is one
// of the terms that stay as they are.
#include "ringside/path/names.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <span>
#include <sstream>
#include <string>

#include "catch.hpp"
#include "ringside/scenarios/load.hpp"

using namespace ringside;

namespace {

// Abbreviations, functions and identifiers: a text book in Chinese has them like that, too.
const std::set<std::string_view> terms{
    "GRO",       "GSO",       "LRO",      "TSO",         "XSK sendto",     "dev_rint",       "io_uring_enter",
    "recvmmsg",  "screend",   "sosend",   "soreceive",   "task_work",      "if_snd",         "ipintrq",
    "INET_BH",   "NET_BH",    "netif_rx", "schednetisr", "NET_RX_SOFTIRQ", "NET_TX_SOFTIRQ", "if_start",
    "sorwakeup", "sowwakeup", "veth NAPI"};

using Names = std::set<std::string>;

Names stages_of(const path::Path& path) {
  Names names;
  for (const path::Stage& stage : path.stages) names.insert(stage.name);
  return names;
}

template <class Hand>
Names hands_of(const path::Path& path) {
  Names names;
  for (const path::Hop& hop : path.hops)
    if (const auto* hand = std::get_if<Hand>(&hop.hand)) names.insert(hand->name);
  return names;
}

const std::map<std::string, path::Path>& library() {
  static const auto all = [] {
    const scenarios::Library shipped{"scenarios"};
    std::map<std::string, path::Path> paths;
    scenarios::Findings findings;
    for (const std::string& name : shipped.names(scenarios::Kind::path))
      paths.emplace(name, scenarios::load_path(name, shipped, findings).value());
    return paths;
  }();
  return all;
}

bool has_chinese(std::string_view text) {
  return std::ranges::any_of(text, [](char c) { return (static_cast<unsigned char>(c) & 0xf0) == 0xe0; });
}

struct Table {
  std::span<const path::Named> known{};
  std::function<Names(const path::Path&)> of;
};

std::vector<Table> tables() {
  return {{path::stage_names(), stages_of},
          {path::queue_names(), hands_of<path::Queue>},
          {path::notification_names(), hands_of<path::Notify>}};
}

}  // namespace

TEST_CASE("each name of the library's paths is known in Chinese, and no other is") {
  for (const Table& table : tables()) {
    Names in_paths, known;
    for (const auto& [name, path] : library()) in_paths.merge(table.of(path));
    for (const path::Named& name : table.known) CHECK(known.emplace(name.en).second);
    CHECK(known == in_paths);
  }
}

TEST_CASE("a name is in Chinese, or one of the terms that stay") {
  std::set<std::string_view> stay;
  for (const Table& table : tables())
    for (const path::Named& name : table.known) {
      CAPTURE(name.en);
      CHECK_FALSE(has_chinese(name.en));
      if (!has_chinese(name.zh_CN)) stay.insert(name.zh_CN);
      CHECK(path::name_in(name.en, path::Language::en) == name.en);
      CHECK(path::name_in(name.en, path::Language::zh_CN) == name.zh_CN);
    }
  CHECK(stay == terms);
}

TEST_CASE("no path has two of a kind with one name in Chinese") {
  for (const auto& [name, path] : library())
    for (const Table& table : tables()) {
      CAPTURE(name);
      const Names english = table.of(path);
      Names chinese;
      for (const std::string& each : english) chinese.emplace(path::name_in(each, path::Language::zh_CN));
      CHECK(chinese.size() == english.size());
    }
}

TEST_CASE("what is said of a hop is all in Chinese") {
  for (const auto& [name, path] : library()) {
    std::istringstream text{path::describe_text(path, path::Language::zh_CN)};
    for (std::string line; std::getline(text, line);) {
      if (!line.starts_with("    -> ") && !line.starts_with("    ~> ")) continue;
      CAPTURE(name, line);
      CHECK(line.find("（") != line.npos);
      for (const char* english : {"(", "'", "when ", "packets", "; ", ", "})
        CHECK(line.find(english) == line.npos);
    }
  }
}

TEST_CASE("the names of a path that somebody wrote are as they were written") {
  CHECK(path::name_in("my stage", path::Language::zh_CN) == "my stage");
}
