// Machines, and the wires between them.
#include "read_hosts.hpp"

#include <algorithm>

#include "ringside/scenarios/units_text.hpp"

namespace ringside::scenarios {
namespace {

constexpr int max_cores = 1024;
constexpr int least_mtu = 68;  // RFC 791 section 3.2: what every internet module must forward in one piece
constexpr int most_mtu = 65535;

// So many, or `up to` so many: then a machine with fewer will do.
void read_cores(const TextNode& node, const Source& source, HostText& host) {
  constexpr std::string_view up_to = "up to ";
  TextNode number = node;
  host.fewer_will_do = node.kind == TextNode::Kind::scalar && node.text.starts_with(up_to);
  if (host.fewer_will_do) number.text.erase(0, up_to.size());
  if (const auto cores = as_count{.least = 1, .most = max_cores}(number, source))
    host.cores = static_cast<int>(*cores);
}

// `all`, one core, or the first and the last of several.
void read_flow_cores(const TextNode& node, const Source& source, HostText& host) {
  if (node.kind == TextNode::Kind::scalar && node.text == "all") return;
  const std::size_t dash = node.text.find('-');
  const auto first = parse_count(node.text.substr(0, dash));
  const auto last = dash == std::string::npos ? first : parse_count(node.text.substr(dash + 1));
  if (node.kind != TextNode::Kind::scalar || !first || !last || *last < *first || *last >= host.cores)
    return source.wrong(
        node, fmt::format("all, a core, or the first and the last of several such as 0-{}", host.cores - 1));
  host.first_flow_core = static_cast<int>(*first);
  host.flow_cores = static_cast<int>(*last - *first + 1);
}

// Of a host that shares the machine of another one.
void read_shared(const TextNode& machine, Fields& fields, const Source& source, const Scenario& scenario,
                 HostText& host) {
  std::vector<std::string_view> names;
  for (const HostText& before : scenario.hosts) names.push_back(before.name);
  if (machine.kind != TextNode::Kind::scalar || std::ranges::find(names, machine.text) == names.end())
    return source.error(machine.origin,
                        fmt::format("no host '{}' before this one, whose machine it could share{}",
                                    machine.text, did_you_mean_or_list(machine.text, names)));
  const std::string& name = machine.text;
  const auto other = std::ranges::find(scenario.hosts, name, &HostText::name);
  if (other->wire || !other->machine.empty())
    source.error(machine.origin,
                 fmt::format("'{}' is {}: expected a machine", name,
                             other->wire ? "the end of a wire" : "itself on another host's machine"));
  for (const char* key : {"profile", "cores"})
    if (const TextNode* own = fields.find(key))
      source.error(own->origin,
                   fmt::format("'{}' has the {} of '{}', on whose machine it is", host.name, key, name));
  host.machine = name;
  host.profile = other->profile;
  host.cores = other->cores;
  host.fewer_will_do = other->fewer_will_do;
}

void read_machine(Fields& fields, const Source& source, const Scenario& scenario, HostText& host) {
  host.path = scenario.path;
  host.profile = scenario.profile;
  fields.get("path", host.path, as_name);
  const TextNode* machine = fields.find("machine");
  if (machine)
    read_shared(*machine, fields, source, scenario, host);
  else
    fields.get("profile", host.profile, as_name);
  if (host.path.empty())
    source.error(host.origin,
                 fmt::format("host '{}' needs a path: here, at the top, or by --path", host.name));
  if (host.profile.empty())
    source.error(host.origin,
                 fmt::format("host '{}' needs a profile: here, at the top, or by --profile", host.name));
  if (const TextNode* cores = machine ? nullptr : fields.find("cores")) read_cores(*cores, source, host);
  fields.get("nic queues", host.nic_queues, as_count{.least = 0, .most = max_cores});
  fields.get("application core", host.application_core, as_count{.least = 0, .most = host.cores - 1});
  host.kernel_thread_core = host.application_core;
  fields.get("kernel thread core", host.kernel_thread_core, as_count{.least = 0, .most = host.cores - 1});
  if (const TextNode* cores = fields.find("flow cores")) read_flow_cores(*cores, source, host);
  fields.get("forwarding", host.forwarding, as_bool);
  fields.get("lacks", host.lacks, as_names);
  fields.get("mtu", host.mtu, as_count{.least = least_mtu, .most = most_mtu});
  if (const TextNode* personality = fields.find("personality"))
    if (const auto word =
            one_of(*personality, source, {"linux", "rfc", "bsd-42", "tahoe", "reno", "freebsd"}))
      host.personality = *word;
  if (const TextNode* congestion = fields.find("congestion"))
    if (const auto word = one_of(*congestion, source, {"reno", "cubic", "dctcp", "bbr"}))
      host.congestion = *word;
}

void read_host(const TextEntry& entry, const Source& source, Scenario& scenario, HostSettings& settings) {
  HostText host{.name = entry.key, .origin = entry.origin};
  Fields fields{entry.value, source, "a host"};
  fields.get("wire", host.wire, as_bool);
  if (!host.wire && fields.usable()) {
    read_machine(fields, source, scenario, host);
    settings[host.name] = {.set = fields.find("set"), .tune = fields.find("tune")};
  }
  fields.close();
  scenario.hosts.push_back(std::move(host));
}

void read_ends(const TextNode& node, const Source& source, const Scenario& scenario, LinkText& link) {
  if (node.kind != TextNode::Kind::list || node.items.size() != 2)
    return source.wrong(node, "two hosts, [a, b]");
  const auto a = as_host(node.items[0], source, scenario);
  const auto b = as_host(node.items[1], source, scenario);
  if (a && b && *a == *b) source.error(node.origin, fmt::format("a link from '{}' to itself", *a));
  link.a = a.value_or("");
  link.b = b.value_or("");
}

void read_link(const TextNode& node, const Source& source, Scenario& scenario) {
  LinkText link{.origin = node.origin};
  Fields fields{node, source, "a link"};
  if (const TextNode* between = fields.need("between")) read_ends(*between, source, scenario, link);
  fields.get("rate", link.rate, as_bit_rate);
  fields.get("delay", link.delay, as_duration);
  fields.get("queue", link.queue, as_count{.least = 1});
  fields.get("loss", link.loss, as_probability);
  fields.get("reorder", link.reorder, as_probability);
  fields.get("duplicate", link.duplicate, as_probability);
  fields.get("corrupt", link.corrupt, as_probability);
  link.reorder_delay = link.delay;
  fields.get("reorder delay", link.reorder_delay, as_duration);
  fields.close();
  if (link.delay + link.reorder_delay > longest_duration)
    source.error(node.origin, "'delay' and 'reorder delay' together are longer than any time may be");
  if (link.reorder > 0 && link.reorder_delay == Duration{0})
    source.error(node.origin,
                 "a link that reorders needs a delay or a 'reorder delay', by which later frames overtake");
  scenario.links.push_back(std::move(link));
}

// Over a link in software what one core sends arrives on that core, and so each core has a queue.
void check_queues(const Source& source, const Scenario& scenario) {
  const auto named = [&](const std::string& name) {
    return std::ranges::find(scenario.hosts, name, &HostText::name);
  };
  for (const LinkText& link : scenario.links) {
    const auto a = named(link.a), b = named(link.b);
    if (a == scenario.hosts.end() || b == scenario.hosts.end() || !same_machine(*a, *b)) continue;
    for (const auto& end : {a, b})
      if (end->nic_queues != 0)
        source.error(end->origin, fmt::format("host '{}' has a link in software, with a queue for each core: "
                                              "expected no nic queues",
                                              end->name));
  }
}

// A wire has two ends: a host that is one of them has no second link, and none without one.
void check_wires(const Source& source, const Scenario& scenario) {
  const auto unknown_end = [](const LinkText& link) { return link.a.empty() || link.b.empty(); };
  if (std::any_of(scenario.links.begin(), scenario.links.end(), unknown_end)) return;  // reported already
  for (const HostText& host : scenario.hosts) {
    const auto links = std::count_if(scenario.links.begin(), scenario.links.end(), [&](const LinkText& link) {
      return link.a == host.name || link.b == host.name;
    });
    if (host.wire && links != 1)
      source.error(host.origin, fmt::format("host '{}' is the end of a wire: expected one link, found {}",
                                            host.name, links));
  }
}

}  // namespace

std::optional<std::string> as_host(const TextNode& node, const Source& source, const Scenario& scenario) {
  std::vector<std::string_view> names;
  for (const HostText& host : scenario.hosts) names.push_back(host.name);
  const bool known = std::find(names.begin(), names.end(), node.text) != names.end();
  if (node.kind == TextNode::Kind::scalar && known) return node.text;
  if (node.kind == TextNode::Kind::scalar)
    source.error(node.origin,
                 fmt::format("no host '{}'{}", node.text, did_you_mean_or_list(node.text, names)));
  else
    source.wrong(node, "the name of a host");
  return std::nullopt;
}

HostSettings read_hosts(const TextNode& map, const Source& source, Scenario& scenario) {
  HostSettings settings;
  if (map.kind != TextNode::Kind::map) return source.wrong(map, "a map of hosts"), settings;
  for (const TextEntry& entry : map.entries()) read_host(entry, source, scenario, settings);
  return settings;
}

void read_links(const TextNode& list, const Source& source, Scenario& scenario) {
  if (list.kind != TextNode::Kind::list) return source.wrong(list, "a list of links");
  for (const TextNode& link : list.items) read_link(link, source, scenario);
  check_wires(source, scenario);
  check_queues(source, scenario);
}

}  // namespace ringside::scenarios
