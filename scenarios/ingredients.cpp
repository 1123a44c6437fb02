// Loads the path and the profile of every host.
#include "ingredients.hpp"

#include <algorithm>
#include <set>
#include <variant>

#include "load_text.hpp"
#include "path_limits.hpp"
#include "ringside/path/check.hpp"
#include "ringside/scenarios/units_text.hpp"

namespace ringside::scenarios {
namespace {

using path::Path;

enum class Measure { count, bytes, time, program };

Measure measure(const Path& path, const path::Parameter& parameter) {
  if (parameter.member == path::Member::retire_after || parameter.member == path::Member::moderation ||
      parameter.member == path::Member::after_time || parameter.member == path::Member::at_longest ||
      parameter.member == path::Member::demote_after)
    return Measure::time;
  if (parameter.member == path::Member::program) return Measure::program;
  if (parameter.member == path::Member::at_most) return Measure::bytes;
  const auto in_bytes = [&](const path::Hop& hop) {
    const auto* queue = std::get_if<path::Queue>(&hop.hand);
    return queue && queue->name == parameter.target && queue->unit == path::Unit::bytes;
  };
  const bool bytes =
      (parameter.member == path::Member::capacity || parameter.member == path::Member::block) &&
      std::any_of(path.hops.begin(), path.hops.end(), in_bytes);
  return bytes ? Measure::bytes : Measure::count;
}

std::optional<std::int64_t> parameter_value(const Path& path, const path::Parameter& parameter,
                                            const TextNode& node, const Source& source) {
  const Limits limits = limits_of(parameter.member);
  switch (measure(path, parameter)) {
    case Measure::bytes: return as_size{.least = limits.least, .most = limits.most}(node, source);
    case Measure::count: return as_count{.least = limits.least, .most = limits.most}(node, source);
    case Measure::program:
      if (const auto word = as_word<path::Program>(node, source)) return static_cast<std::int64_t>(*word);
      return std::nullopt;
    case Measure::time: break;
  }
  const auto time = as_duration(node, source);
  return time ? std::optional{time->count()} : std::nullopt;
}

// Returns false when the path has no such parameter.
bool set_parameter(HostText& host, Path& path, const std::string& key, const TextNode& node,
                   const Source& source) {
  const auto parameter = std::find_if(path.parameters.begin(), path.parameters.end(),
                                      [&](const path::Parameter& p) { return p.key == key; });
  if (parameter == path.parameters.end()) return false;
  if (const auto value = parameter_value(path, *parameter, node, source)) {
    path::set(path, key, *value);
    std::erase_if(host.path_parameters, [&](const auto& old) { return old.first == key; });
    host.path_parameters.emplace_back(key, *value);
    std::erase_if(host.settings, [&](const std::string& old) { return old.starts_with(key + "="); });
    host.settings.push_back(fmt::format("{}={}", key, node.text));
  }
  return true;
}

std::vector<std::string_view> parameter_names(const Path& path) {
  std::vector<std::string_view> names;
  for (const path::Parameter& parameter : path.parameters) names.push_back(parameter.key);
  return names;
}

void apply_host_settings(const TextNode& map, HostText& host, Path& path, const Source& source) {
  if (map.kind != TextNode::Kind::map) return source.wrong(map, "a map of path parameters");
  for (const TextEntry& entry : map.entries())
    if (!set_parameter(host, path, entry.key, entry.value, source))
      source.error(entry.origin, fmt::format("path '{}' has no parameter '{}'{}", path.name, entry.key,
                                             did_you_mean_or_list(entry.key, parameter_names(path))));
}

// A path of the library that has such a parameter; the names of all that were met on the way there.
std::optional<Path> path_with(const std::string& key, const Library& library, std::set<std::string>& met) {
  Findings of_others;
  for (const std::string& name : library.names(Kind::path)) {
    auto other = load_path(name, library, of_others);
    if (!other) continue;
    for (const path::Parameter& parameter : other->parameters) met.insert(parameter.key);
    if (met.contains(key)) return other;
  }
  return std::nullopt;
}

// A road that another --path takes may lack what this one has; what none has is a slip of the pen.
void apply_tuning(const TextNode& map, HostText& host, Path& path, const Library& library,
                  const Source& source) {
  if (map.kind != TextNode::Kind::map) return source.wrong(map, "a map of path parameters");
  for (const TextEntry& entry : map.entries()) {
    if (set_parameter(host, path, entry.key, entry.value, source)) continue;
    std::set<std::string> met;
    if (const auto other = path_with(entry.key, library, met)) {
      const auto parameter = std::ranges::find(other->parameters, entry.key, &path::Parameter::key);
      parameter_value(*other, *parameter, entry.value, source);  // a value that it could not have is an error
      if (entry.value.from_option) host.not_tuned.push_back(entry.key);
    } else {
      source.error(entry.origin, fmt::format("no path of the library has a parameter '{}'{}", entry.key,
                                             did_you_mean_or_list(entry.key, {met.begin(), met.end()})));
    }
  }
}

void apply_options(const std::vector<std::pair<std::string, std::string>>& options, const Scenario& scenario,
                   HostText& host, Path& path, Findings& findings) {
  for (const auto& [key, value] : options) {
    const std::string option = fmt::format("--set {}={}", key, value);
    const TextNode node{.kind = TextNode::Kind::scalar, .text = value};
    if (set_parameter(host, path, key, node, {option, findings})) continue;
    std::vector<std::string_view> names = parameter_names(path);
    for (const Key& known : scenario.keys) names.push_back(known.name);
    findings.add(option, {},
                 fmt::format("scenario '{}' has no key '{}', and path '{}' no such parameter{}",
                             scenario.name, key, path.name, did_you_mean_or_list(key, names)));
  }
}

void require_prices(const HostText& host, const Path& path, const path::Profile& profile,
                    const Source& source) {
  const std::vector<std::string> missing = path::missing_operations(path, profile);
  if (missing.empty()) return;
  source.error(host.origin, fmt::format("profile '{}' does not price what path '{}' needs: {}", profile.name,
                                        path.name, fmt::join(missing, ", ")));
}

// A machine that lacks cores begins again with its first one, if the scenario lets it.
void require_cores(HostText& host, const path::Profile& profile, const Source& source) {
  if (host.cores <= profile.cores) return;
  if (host.fewer_will_do) {
    host.cores = profile.cores;
    host.application_core %= host.cores;
    host.kernel_thread_core %= host.cores;
    if (host.first_flow_core + host.flow_cores > host.cores) host.first_flow_core = host.flow_cores = 0;
    return;
  }
  source.error(host.origin,
               fmt::format("host '{}' has {} cores: expected at most {}, which is what profile '{}' has",
                           host.name, host.cores, profile.cores, profile.name));
}

// What the programs of a workload do with their sockets on this host.
std::vector<path::Verdict> calls_of(const Workload& workload, const HostText& host) {
  using enum path::Verdict;
  if (std::holds_alternative<Ping>(workload.what) && workload.from == host.name) return {write, read};
  const bool datagrams =
      std::holds_alternative<UdpLoad>(workload.what) || std::holds_alternative<Replay>(workload.what);
  if (datagrams && workload.to == host.name) return {read};
  if (datagrams && workload.from == host.name) return {write};
  if (!std::holds_alternative<FileTransfer>(workload.what)) return {};
  if (workload.from == host.name) return {write};
  return workload.to == host.name ? std::vector{read} : std::vector<path::Verdict>{};
}

// A file or a ping needs a program that calls its socket when it wants to. One that works on frames, or takes
// what its rings bring, does not.
void require_sockets(const HostText& host, const Path& path, const Scenario& scenario, const Source& source) {
  const bool asks = std::ranges::any_of(path.hops, [](const path::Hop& hop) {
    using enum path::Verdict;
    return hop.when == read || hop.when == write || hop.when == reap;
  });
  const auto can = [&path](path::Verdict call) {
    return std::ranges::any_of(path.hops, [&](const path::Hop& hop) {
      return path.stages[hop.from].work == path::Work::application && hop.when == call;
    });
  };
  for (const Workload& workload : scenario.workloads) {
    const auto calls = calls_of(workload, host);
    const auto missing = std::ranges::find_if_not(calls, can);
    const bool takes_what_comes = calls == std::vector{path::Verdict::read} && !asks &&
                                  !std::holds_alternative<FileTransfer>(workload.what);
    if (missing == calls.end() || takes_what_comes) continue;
    const auto word = path::to_string(*missing);
    source.error(workload.origin,
                 fmt::format("host '{}' has path '{}', on which no program has a socket that it calls to {}: "
                             "expected a stage of work: application, and a hop from it with when: {}",
                             host.name, path.name, word, word));
  }
}

// dev_disable_lro(): what was put together has lost what forwarding it would take.
void require_frames_as_they_came(const HostText& host, const Path& path, const Source& source) {
  for (const path::Stage& stage : path.stages)
    if (host.forwarding && stage.work == path::Work::coalesce && stage.domain == path::Domain::hardware &&
        stage.at_most > 0)
      source.error(host.origin,
                   fmt::format("host '{}' forwards, and its card puts frames together in '{}': expected "
                               "at most 0B",
                               host.name, stage.name));
}

// A link between hosts of one machine has no card at its ends, and any other has.
void require_card(const HostText& host, const Path& path, const Scenario& scenario, const Source& source) {
  const bool card = std::ranges::any_of(path.stages, [](const path::Stage& stage) {
    return stage.work == path::Work::depart && stage.domain == path::Domain::hardware;
  });
  for (const LinkText& link : scenario.links) {
    if (link.a != host.name && link.b != host.name) continue;
    const auto peer =
        std::ranges::find(scenario.hosts, link.a == host.name ? link.b : link.a, &HostText::name);
    if (peer == scenario.hosts.end()) continue;
    const bool software = same_machine(host, *peer);
    if (software == card)
      source.error(
          host.origin,
          software
              ? fmt::format("host '{0}' has path '{1}', which has a card, on a link in software to '{2}': "
                            "expected veth, or {1}+veth",
                            host.name, path.name, peer->name)
              : fmt::format("host '{}' has path '{}', which has no card, on a link to '{}', another "
                            "machine: expected a path with one",
                            host.name, path.name, peer->name));
  }
}

// What is not in the page cache comes from a disk, which a path has if it has a stage that fetches.
void require_disk(const HostText& host, const Path& path, const Scenario& scenario, const Source& source) {
  const bool fetches =
      std::ranges::find(path.stages, path::Work::fetch, &path::Stage::work) != path.stages.end();
  for (const Workload& workload : scenario.workloads)
    if (fetches && !std::holds_alternative<FileTransfer>(workload.what) && workload.from == host.name)
      source.error(
          workload.origin,
          fmt::format("host '{}' has path '{}', on which programs send files: a ping or datagrams need "
                      "one without a stage of work: fetch",
                      host.name, path.name));
  if (fetches) return;
  for (const Workload& workload : scenario.workloads)
    if (const auto* file = std::get_if<FileTransfer>(&workload.what);
        file && !file->cached && workload.from == host.name)
      source.error(
          workload.origin,
          fmt::format("host '{}' has path '{}', on which nothing is read from a disk: expected cached: "
                      "true, or a path with a stage of work: fetch",
                      host.name, path.name));
}

// A road that another --path takes may need what this one does not; what none needs is a slip of the pen.
void check_lacks(const HostText& host, const Path& path, const Library& library, const Source& source) {
  std::set<std::string, std::less<>> known{std::string{all_privileges}, "nothing"};
  const auto learn = [&known](const Path& from) {
    for (const path::Capability& need : from.needs) known.insert(need.name);
  };
  learn(path);
  const auto unknown = [&](const std::string& name) { return !known.contains(name); };
  if (std::ranges::none_of(host.lacks, unknown)) return;
  Findings of_others;
  for (const std::string& name : library.names(Kind::path))
    if (const auto other = load_path(name, library, of_others)) learn(*other);
  for (const std::string& name : host.lacks)
    if (unknown(name))
      source.error(host.origin, fmt::format("no path of the library needs '{}'{}", name,
                                            did_you_mean_or_list(name, {known.begin(), known.end()})));
}

Value key_value(const std::string& text) {
  if (const auto count = parse_count(text)) return *count;
  if (const auto number = parse_number(text)) return *number;
  return text;
}

Value written_value(const Path& path, const std::string& key, std::int64_t value) {
  const auto parameter = std::find_if(path.parameters.begin(), path.parameters.end(),
                                      [&](const path::Parameter& p) { return p.key == key; });
  switch (measure(path, *parameter)) {
    case Measure::time: return to_nanoseconds(Duration{value});
    case Measure::program: return std::string{path::to_string(static_cast<path::Program>(value))};
    case Measure::count:
    case Measure::bytes: break;
  }
  return value;
}

}  // namespace

Values parameters(const LoadedScenario& loaded) {
  Values all;
  for (const Key& key : loaded.scenario.keys) all.emplace_back(key.name, key_value(key.value));
  const auto path = loaded.ingredients.paths.find(loaded.scenario.study);
  for (const HostText& host : loaded.scenario.hosts)
    if (host.name == loaded.scenario.study)
      for (const auto& [key, value] : host.path_parameters)
        if (!find(all, key)) all.emplace_back(key, written_value(path->second, key, value));
  return all;
}

Ingredients load_ingredients(Scenario& scenario, const Settings& settings, const Overrides& overrides,
                             const Source& source, const Library& library) {
  Ingredients ingredients;
  const std::filesystem::path folder = std::filesystem::path{source.file}.parent_path();
  const std::string path_option = "--path " + overrides.path;
  const std::string profile_option = "--profile " + overrides.profile;
  // A file named in the text lies beside the text, one named on the command line in the working directory.
  const auto asker = [&](const std::string& name, const std::string& chosen, const std::string& option,
                         const HostText& host) {
    if (name == chosen) return Asker{.file = option};
    return Asker{.from = folder, .file = source.file, .origin = host.origin};
  };
  for (HostText& host : scenario.hosts) {
    if (host.wire || host.path.empty() || host.profile.empty()) continue;
    auto path = load_path_for(asker(host.path, overrides.path, path_option, host), host.path, library,
                              source.findings);
    auto profile = load_profile_for(asker(host.profile, overrides.profile, profile_option, host),
                                    host.profile, library, source.findings);
    if (path) {
      const auto own = settings.of_hosts.find(host.name);
      if (own != settings.of_hosts.end() && own->second.set)
        apply_host_settings(*own->second.set, host, *path, source);
      if (own != settings.of_hosts.end() && own->second.tune)
        apply_tuning(*own->second.tune, host, *path, library, source);
      if (host.name == scenario.study)
        apply_options(settings.of_study_host, scenario, host, *path, source.findings);
    }
    if (path && !host.path_parameters.empty())  // what was set may not fit what the map has: check again
      for (path::Finding& finding : path::check(*path))
        source.findings.add(path->file, finding.origin, std::move(finding.message));
    if (path) require_sockets(host, *path, scenario, source);
    if (path) require_frames_as_they_came(host, *path, source);
    if (path) require_card(host, *path, scenario, source);
    if (path) require_disk(host, *path, scenario, source);
    if (path) check_lacks(host, *path, library, source);
    if (path && profile) require_prices(host, *path, *profile, source);
    if (profile) require_cores(host, *profile, source);
    if (path) ingredients.paths.emplace(host.name, *std::move(path));
    if (profile) ingredients.profiles.emplace(host.name, *std::move(profile));
  }
  return ingredients;
}

}  // namespace ringside::scenarios
