// Reads a scenario, scenarios/library/*.yaml, and with it the paths and profiles of its hosts.
#include <algorithm>
#include <filesystem>

#include "fields.hpp"
#include "ingredients.hpp"
#include "keys.hpp"
#include "read_hosts.hpp"
#include "read_workload.hpp"
#include "ringside/scenarios/expect.hpp"
#include "ringside/scenarios/load.hpp"
#include "ringside/scenarios/units_text.hpp"

namespace ringside::scenarios {
namespace {

// `$path` and `$profile`: what the option says, else what the text says at its top.
void choose(const TextNode* node, std::string_view name, const std::string& option, std::string& chosen,
            const Source& source, std::vector<Replacement>& replacements) {
  if (node)
    if (auto text = as_name(*node, source)) chosen = *std::move(text);
  if (!option.empty()) chosen = option;
  if (!chosen.empty()) replacements.push_back({.name = std::string{name}, .text = chosen, .note = {}});
}

// The host under study, unless the text names it: the only one that is a machine.
std::string only_machine(const TextNode& root, const Source& source, const Scenario& scenario) {
  const auto machine = [](const HostText& host) { return !host.wire; };
  const auto first = std::find_if(scenario.hosts.begin(), scenario.hosts.end(), machine);
  if (std::count_if(scenario.hosts.begin(), scenario.hosts.end(), machine) == 1) return first->name;
  source.error(root.origin,
               "missing key 'study' in a scenario: which of the hosts have the metrics with plain names?");
  return {};
}

void read_study(const TextNode* node, const TextNode& root, const Source& source, Scenario& scenario) {
  if (!node) {
    scenario.study = only_machine(root, source, scenario);
  } else if (const auto host = as_host(*node, source, scenario)) {
    scenario.study = *host;
  }
  const auto host = std::find_if(scenario.hosts.begin(), scenario.hosts.end(),
                                 [&](const HostText& h) { return h.name == scenario.study; });
  if (host == scenario.hosts.end()) return;
  if (host->wire)
    return source.error(node->origin, fmt::format("host '{}' is a wire: expected a machine", host->name));
  scenario.path = host->path;
  scenario.profile = host->profile;
}

std::optional<std::vector<std::string>> as_varied(const TextNode& node, const Source& source) {
  if (node.kind == TextNode::Kind::list && !node.items.empty()) return as_names(node, source);
  if (node.kind == TextNode::Kind::scalar)
    if (auto values = varied_values(node.text)) return values;
  source.wrong(node, "values to vary: a list such as [1, 2, 5], or from..to/step such as 1000..12000/1000");
  return std::nullopt;
}

// `vary: {key: values}`.
void read_vary(const TextNode& node, const Source& source, Scenario& scenario) {
  if (node.kind != TextNode::Kind::map || node.keys.size() != 1)
    return source.wrong(node, "one key and its values, such as {offered_pps: 1000..12000/1000}");
  if (auto values = as_varied(node.items.front(), source))
    scenario.vary = Vary{node.keys.front().text, *std::move(values)};
}

std::optional<double> as_figure(const TextNode& node, const Source& source) {
  if (node.kind == TextNode::Kind::scalar)
    if (const auto value = parse_any(node.text); value && *value > 0) return value;
  source.wrong(node, "a figure above 0, such as 24e6, 4.7k or 10us");
  return std::nullopt;
}

std::optional<double> as_share(const TextNode& node, const Source& source) {
  if (node.kind == TextNode::Kind::scalar)
    if (const auto share = parse_number(node.text); share && *share <= 1) return share;
  source.wrong(node, "a share of the figure from 0 to 1, such as 0.15");
  return std::nullopt;
}

// `{that: expression, figure: XDP-01, published: 24e6, within: 0.15}`.
std::optional<PublishedFigure> read_published(Fields& fields) {
  if (!fields.find("figure")) return std::nullopt;
  PublishedFigure published;
  fields.get("figure", published.id, as_name);
  fields.need("published", published.value, as_figure);
  fields.need("within", published.within, as_share);
  fields.get("calibrated", published.calibrated, as_bool);
  fields.get("misses", published.misses, as_name);
  return published;
}

void read_expectation(const TextNode& node, const Source& source, bool varies, Scenario& scenario) {
  Expectation expectation;
  const TextNode* that = &node;
  if (node.kind == TextNode::Kind::map) {
    Fields fields{node, source, "an expectation"};
    that = fields.need("that");
    fields.get("path", expectation.only_path, as_name);
    fields.get("against", expectation.against, as_name);
    expectation.published = read_published(fields);
    fields.close();
  }
  const auto text = that ? as_name(*that, source) : std::nullopt;
  if (!text) return;
  expectation.text = *text;
  expectation.origin = that->origin;
  try {
    if (ParsedExpectation{*text, expectation.published}.over_sweep() && !varies)
      source.error(that->origin, "a function over the sweep, but nothing varies: expected a key 'vary'");
  } catch (const ExpectError& error) {
    path::Origin origin = that->origin;
    origin.column += static_cast<int>(error.offset);
    source.error(origin, error.what());
  }
  scenario.expectations.push_back(std::move(expectation));
}

// Names of paths that come from elsewhere than the library cannot be looked up: they are files.
void check_against(const Expectation& expectation, const Library& library, const Source& source) {
  const bool names_other = expectation.text.find(of_the_other) != std::string::npos;
  if (names_other && expectation.against.empty())
    source.error(expectation.origin,
                 "figures called other.NAME are those of another path: expected a key 'against'");
  if (expectation.against.empty()) return;
  const std::vector<std::string> paths = library.names(Kind::path);
  if (expectation.against == expectation.only_path)
    source.error(expectation.origin, fmt::format("'{}' would be compared with itself", expectation.against));
  else if (expectation.against.find_first_of("./") == std::string::npos &&
           std::ranges::find(paths, expectation.against) == paths.end())
    source.error(expectation.origin,
                 fmt::format("no path '{}' in the library{}", expectation.against,
                             did_you_mean(expectation.against, {paths.begin(), paths.end()})));
}

void read_expectations(const TextNode& list, const Source& source, bool varies, Scenario& scenario) {
  if (list.kind != TextNode::Kind::list) return source.wrong(list, "a list of expectations");
  for (const TextNode& item : list.items) read_expectation(item, source, varies, scenario);
}

// Every key of a scenario but `path`, `profile` and `keys`, which come first. Returns the `set:` of its
// hosts.
HostSettings read_scenario(Fields& fields, const Source& source, const Overrides& overrides,
                           Scenario& scenario) {
  fields.need("scenario", scenario.name, as_name);
  fields.need("title", scenario.title, as_bilingual);
  fields.get("story", scenario.story, as_bilingual);
  fields.get("sources", scenario.sources, as_names);
  fields.get("shows", scenario.shows, as_names);
  fields.get("warmup", scenario.warmup, as_duration);
  fields.get("duration", scenario.duration, as_duration);
  if (overrides.duration) scenario.duration = *overrides.duration;
  HostSettings settings;
  const TextNode* hosts = fields.need("hosts");
  const TextNode* links = fields.need("links");
  const TextNode* workloads = fields.need("workloads");
  const TextNode* study = fields.find("study");
  const TextNode* vary = fields.find("vary");
  const TextNode* expect = fields.find("expect");
  fields.close();
  if (hosts) {
    settings = read_hosts(*hosts, source, scenario);
    read_study(study, fields.node(), source, scenario);
  }
  if (hosts && links) read_links(*links, source, scenario);
  if (hosts && links && workloads) read_workloads(*workloads, source, scenario);
  if (vary) read_vary(*vary, source, scenario);
  if (expect) read_expectations(*expect, source, vary != nullptr, scenario);
  return settings;
}

// What the text expects of its own sweep says nothing of another one.
void replace_vary(const Overrides& overrides, Scenario& scenario) {
  if (!overrides.vary) return;
  scenario.vary = overrides.vary;
  std::erase_if(scenario.expectations, [](const Expectation& expectation) {
    return ParsedExpectation{expectation.text, expectation.published}.over_sweep();
  });
}

// What varies is a key of the scenario, or a parameter of the path under study.
void check_vary(const TextNode& root, const Overrides& overrides, const LoadedScenario& loaded,
                const Source& source) {
  const auto path = loaded.ingredients.paths.find(loaded.scenario.study);
  if (!loaded.scenario.vary || path == loaded.ingredients.paths.end()) return;
  const std::string& key = loaded.scenario.vary->key;
  std::vector<std::string_view> names;
  for (const Key& known : loaded.scenario.keys) names.push_back(known.name);
  for (const path::Parameter& parameter : path->second.parameters) names.push_back(parameter.key);
  if (std::find(names.begin(), names.end(), key) != names.end()) return;
  std::string wrong = fmt::format("'{}' is no key of the scenario and no parameter of path '{}'{}", key,
                                  path->second.name, did_you_mean_or_list(key, names));
  if (overrides.vary) return source.findings.add("--vary " + key, {}, std::move(wrong));
  source.error(root.find("vary")->keys.front().origin, std::move(wrong));
}

// A sweep whose key is fixed by --set is no sweep.
void fix_vary(const Overrides& overrides, Scenario& scenario) {
  const auto fixes = [&](const auto& setting) {
    return scenario.vary && setting.first == scenario.vary->key;
  };
  if (std::any_of(overrides.set.begin(), overrides.set.end(), fixes)) scenario.vary.reset();
}

}  // namespace

std::optional<LoadedScenario> load_scenario(std::string_view name, const Overrides& overrides,
                                            const Library& library, Findings& findings) {
  Findings own;
  LoadedScenario loaded;
  const auto file = library.find(Kind::scenario, name, {}, name, {}, own);
  auto document = file ? read_document(*file, own) : std::nullopt;
  if (document) {
    Scenario& scenario = loaded.scenario;
    scenario.file = *file;
    const Source source{*file, own};
    Fields fields{document->root, source, "a scenario"};
    std::vector<Replacement> replacements;
    choose(fields.find("path"), "path", overrides.path, scenario.path, source, replacements);
    const TextNode* own_profile = fields.find("profile");
    choose(own_profile, "profile", overrides.profile, scenario.profile, source, replacements);
    Settings settings;
    settings.of_study_host = read_keys(fields.find("keys"), source, overrides, scenario, replacements);
    replace_names(document->root, replacements, source);
    if (fields.usable()) {
      settings.of_hosts = read_scenario(fields, source, overrides, scenario);
      for (const Expectation& expectation : scenario.expectations)
        check_against(expectation, library, source);
      if (own_profile && own_profile->kind == TextNode::Kind::scalar)
        for (Expectation& expectation : scenario.expectations)
          if (expectation.published) expectation.only_profile = own_profile->text;
      replace_vary(overrides, scenario);
      fix_vary(overrides, scenario);
      loaded.ingredients = load_ingredients(scenario, settings, overrides, source, library);
      check_vary(document->root, overrides, loaded, source);
    }
  }
  findings.add(own);
  return own.empty() ? std::optional{std::move(loaded)} : std::nullopt;
}

std::optional<Kind> kind_of(const std::string& name, Findings& findings) {
  const std::string file = std::filesystem::path{name}.lexically_normal().string();  // as the loaders name it
  const auto document = read_document(file, findings);
  if (!document) return std::nullopt;
  for (Kind kind : {Kind::scenario, Kind::profile, Kind::path})  // a scenario has a path and a profile, too
    if (document->root.find(to_string(kind))) return kind;
  findings.add(file, document->root.origin, "expected a map with the key path, profile or scenario");
  return std::nullopt;
}

}  // namespace ringside::scenarios
