// Reads a route map, scenarios/paths/*.yaml.
#include <algorithm>

#include "fields.hpp"
#include "inherit_path.hpp"
#include "load_text.hpp"
#include "path_limits.hpp"
#include "read_hop.hpp"
#include "ringside/path/check.hpp"
#include "ringside/scenarios/load.hpp"

namespace ringside::scenarios {
namespace {

using path::Path;

constexpr std::size_t max_stages = 1000;

void read_since(const TextNode& node, const Source& source, Path& path) {
  Fields fields{node, source, "since"};
  fields.need("year", path.since, as_count{.least = 1960, .most = 2100});
  fields.get("kernel", path.kernel, as_name);
  fields.close();
}

std::optional<std::string> as_errno(const TextNode& node, const Source& source) {
  const auto upper = [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); };
  auto name = as_name(node, source);
  if (!name || (name->size() > 1 && name->front() == 'E' && std::ranges::all_of(*name, upper))) return name;
  source.wrong(node, "the name of an error, such as EPERM");
  return std::nullopt;
}

void read_needs(const TextNode& list, const Source& source, Path& path) {
  if (list.kind != TextNode::Kind::list) return source.wrong(list, "a list of capabilities");
  path.needs.clear();
  for (const TextNode& item : list.items) {
    path::Capability& capability = path.needs.emplace_back();
    Fields fields{item, source, "a capability"};
    fields.need("name", capability.name, as_name);
    fields.need("for", capability.for_what, as_name);
    fields.need("source", capability.source, as_name);
    fields.get("errno", capability.error, as_errno);
    if (const TextNode* who = fields.find("given to"))
      if (const auto word = one_of(*who, source, {"root", "everyone"}))
        capability.given_to_everyone = *word == "everyone";
    fields.close();
  }
}

// "rx ring.capacity": a queue or notification, and which of its numbers.
void read_target(const TextNode& node, const Source& source, path::Parameter& parameter) {
  const std::size_t dot = node.text.rfind('.');
  if (node.kind != TextNode::Kind::scalar || dot == std::string::npos || dot == 0)
    return source.wrong(node, "a queue or notification and its member, such as 'rx ring.capacity'");
  parameter.target = node.text.substr(0, dot);
  TextNode member = node;
  member.text = node.text.substr(dot + 1);
  member.origin.column += static_cast<int>(dot) + 1;
  if (const auto word = as_word<path::Member>(member, source)) parameter.member = *word;
}

void read_parameters(const TextNode& map, const Source& source, Path& path) {
  if (map.kind != TextNode::Kind::map) return source.wrong(map, "a map of parameters");
  for (const TextEntry& entry : map.entries()) {
    path::Parameter parameter{.key = entry.key, .origin = entry.origin};
    Fields fields{entry.value, source, "a parameter"};
    if (const TextNode* target = fields.need("sets")) read_target(*target, source, parameter);
    fields.need("what", parameter.what, as_bilingual);
    fields.close();
    std::erase_if(path.parameters, [&](const path::Parameter& old) { return old.key == parameter.key; });
    path.parameters.push_back(std::move(parameter));
  }
}

void read_stage(const TextEntry& entry, const Source& source, Path& path) {
  path::Stage stage{.name = entry.key, .origin = entry.origin};
  Fields fields{entry.value, source, "a stage"};
  fields.need("domain", stage.domain, as_word<path::Domain>);
  fields.get("op", stage.ops, as_names);
  fields.get("work", stage.work, as_word<path::Work>);
  fields.get("program", stage.program, as_word<path::Program>);
  fields.get("at most", stage.at_most, as_size{.least = 0, .most = limits_of(path::Member::at_most).most});
  fields.get("switched off", stage.switched_off, as_bool);
  fields.get("at longest", stage.at_longest, as_duration);
  const Limits requests = limits_of(path::Member::requests);
  fields.get("requests", stage.requests, as_count{.least = requests.least, .most = requests.most});
  fields.get("page", stage.page, as_size{.least = 1, .most = 16'000'000});
  fields.get("need wakeup", stage.need_wakeup, as_bool);
  fields.get("back after", stage.back_after, as_name);
  fields.get("line", stage.line, as_name);
  fields.get("memory", stage.memory, as_word<path::Memory>);
  const bool moves_bytes = stage.memory != path::Memory::none && stage.memory != path::Memory::reference;
  if (moves_bytes) fields.need("into");
  fields.get("into", stage.into, as_word<path::Region>);
  fields.get("stands for", stage.stands_for, as_text);
  fields.need("why", stage.why, as_bilingual);
  fields.close();
  const auto same = std::find_if(path.stages.begin(), path.stages.end(),
                                 [&](const path::Stage& old) { return old.name == stage.name; });
  if (same != path.stages.end())
    *same = std::move(stage);
  else
    path.stages.push_back(std::move(stage));
}

void read_stages(const TextNode& map, const Source& source, Path& path) {
  if (map.kind != TextNode::Kind::map) return source.wrong(map, "a map of stages");
  for (const TextEntry& entry : map.entries()) read_stage(entry, source, path);
  if (path.stages.size() > max_stages)
    source.error(map.origin, fmt::format("more than {} stages", max_stages));
}

// The base as the derived path begins with it: its facts, but not its name, its story and its lines.
Path inherit(Path base, const TextNode& named) {
  const path::Origin origin = named.origin;
  for (path::Stage& stage : base.stages) stage.origin = origin;
  for (path::Hop& hop : base.hops) hop.origin = origin;
  for (path::Parameter& parameter : base.parameters) parameter.origin = origin;
  base.title = {};
  base.story = {};
  return base;
}

// Every key of a route map, onto the path that it begins with.
void read_route_map(Fields& fields, const Source& source, Path& path) {
  const bool derived = fields.node().find("based on") != nullptr;
  const auto part = [&](std::string_view key) { return derived ? fields.find(key) : fields.need(key); };
  const std::size_t inherited_parameters = path.parameters.size();
  const std::vector<path::Hop> inherited_hops = path.hops;
  fields.need("path", path.name, as_name);
  fields.need("title", path.title, as_bilingual);
  if (const TextNode* since = part("since")) read_since(*since, source, path);
  fields.get("story", path.story, as_bilingual);
  fields.get("sources", path.sources, as_names);
  fields.get("cores", path.cores, as_count{.least = 1, .most = 1024});
  fields.get("zero copy", path.zero_copy, as_bool);
  if (const TextNode* needs = fields.find("needs")) read_needs(*needs, source, path);
  if (const TextNode* without = derived ? fields.find("without") : nullptr)
    remove_without(*without, source, path);
  if (const TextNode* stages = part("stages")) read_stages(*stages, source, path);
  if (const TextNode* hops = part("hops")) read_hops(*hops, source, inherited_hops, path);
  drop_orphaned_parameters(path, inherited_parameters);
  if (const TextNode* parameters = fields.find("parameters")) read_parameters(*parameters, source, path);
  fields.close();
}

constexpr Heritable<Path> route_map{
    .kind = Kind::path, .what = "a path", .inherit = inherit, .read = read_route_map};

// Where the name of the upper path begins: behind the last +, unless that is in the name of a file.
std::size_t plus_in(std::string_view name) {
  for (const std::string_view file : {"+/", "+./", "+../"})
    if (const auto at = name.rfind(file); at != std::string_view::npos) return at;
  return name.rfind('+');
}

// `napi-epoll+veth`: what veth makes of the path that it is based on, made of napi-epoll.
std::optional<Path> read_path(const Asker& asker, std::string_view name, const Library& library,
                              Findings& findings) {
  const auto plus = plus_in(name);
  std::error_code ignored;
  const bool a_file =
      name.find('/') != std::string_view::npos && std::filesystem::exists(asker.from / name, ignored);
  if (plus == std::string_view::npos || a_file) return read_text(route_map, asker, name, library, findings);
  const auto below = [&] { return read_path(asker, name.substr(0, plus), library, findings); };
  auto path = read_text<Path>(route_map, asker, name.substr(plus + 1), library, findings, 0, below);
  if (path) path->name = name;
  return path;
}

}  // namespace

std::optional<Path> load_path_for(const Asker& asker, std::string_view name, const Library& library,
                                  Findings& findings) {
  Findings own;
  auto path = read_path(asker, name, library, own);
  if (path && own.empty())  // what could not be read would only raise false alarms
    for (path::Finding& finding : path::check(*path))
      own.add(path->file, finding.origin, std::move(finding.message));
  findings.add(own);
  return own.empty() ? std::move(path) : std::nullopt;
}

std::optional<Path> load_path(std::string_view name, const Library& library, Findings& findings) {
  return load_path_for({.file = name}, name, library, findings);
}

}  // namespace ringside::scenarios
