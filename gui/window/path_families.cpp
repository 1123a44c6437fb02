#include "window/path_families.hpp"

#include <algorithm>
#include <map>

#include "ringside/scenarios/document.hpp"

namespace ringside::window {

namespace {

constexpr std::size_t longest = 8;  // of a family: a menu that can be read at a glance

std::string member(const scenarios::TextNode* map, const char* key) {
  const scenarios::TextNode* found =
      map && map->kind == scenarios::TextNode::Kind::map ? map->find(key) : nullptr;
  return found ? found->text : std::string{};
}

class Pedigree {
 public:
  explicit Pedigree(std::vector<PathEntry> all) {
    for (PathEntry& entry : all) {
      const std::string name = entry.name;
      entries_.emplace(name, std::move(entry));
    }
    for (const auto& [name, entry] : entries_)
      children_[entries_.contains(entry.based_on) ? entry.based_on : std::string{}].push_back(name);
  }

  std::vector<PathFamily> families() {
    for (const std::string& root : children_[{}]) split(root);
    std::ranges::sort(made_, {}, [](const PathFamily& family) { return family.members.front().name; });
    return std::move(made_);
  }

 private:
  std::vector<std::string> with_descendants(const std::string& name) {
    std::vector<std::string> all{name};
    for (const std::string& child : children_[name])
      for (std::string& its : with_descendants(child)) all.push_back(std::move(its));
    return all;
  }

  // Where there are too many of them, children that have some of their own are families.
  void split(const std::string& name) {
    std::vector<std::string> those = with_descendants(name);
    if (those.size() > longest) {
      those = {name};
      for (const std::string& child : children_[name])
        children_[child].empty() ? those.push_back(child) : split(child);
    }
    PathFamily family;
    for (const std::string& one : those) family.members.push_back(entries_.at(one));
    made_.push_back(std::move(family));
  }

  std::map<std::string, PathEntry> entries_{};
  std::map<std::string, std::vector<std::string>> children_{};  // of "": those based on none
  std::vector<PathFamily> made_{};
};

}  // namespace

std::vector<PathFamily> families_of(std::vector<PathEntry> all) {
  return Pedigree{std::move(all)}.families();
}

std::vector<PathEntry> paths_of(const scenarios::Library& library) {
  std::vector<PathEntry> all;
  for (const auto& [name, file] : library.texts(scenarios::Kind::path)) {
    scenarios::Findings ignored;
    const auto document = scenarios::read_document(file.string(), ignored);
    const scenarios::TextNode* root = document ? &document->root : nullptr;
    const scenarios::TextNode* title = root ? root->find("title") : nullptr;
    all.push_back({name, {member(title, "en"), member(title, "zh_CN")}, member(root, "based on")});
  }
  return all;
}

}  // namespace ringside::window
