#include "ringside/replay/cast.hpp"

#include <algorithm>

#include "ringside/path/fact.hpp"
#include "ringside/trace/recording.hpp"

namespace ringside::replay {

namespace {

using path::Fact;

HostCast host_of(const Fact& fact) {
  HostCast host{.name = fact["host"].text(), .wire = fact["wire"].truth()};
  if (host.wire) return host;
  host.machine = fact["machine"].text();
  host.cores = fact["cores"].count<int>();
  host.profile = fact["profile"].text();
  host.path = path::path_of(fact["path"]);
  host.lanes = path::lanes(host.path);
  host.queues = fact["queues"].texts();
  if (const auto found = fact.find("instances"))
    for (const Fact& item : found->items()) host.instances.push_back(item.count<int>());
  if (const auto found = fact.find("notifications")) host.notifications = found->texts();
  return host;
}

std::size_t number_of(const Fact& name, const std::vector<HostCast>& hosts) {
  const auto found = std::ranges::find(hosts, name.text(), &HostCast::name);
  if (found == hosts.end()) name.fail("the name of a host");
  return static_cast<std::size_t>(found - hosts.begin());
}

LinkCast link_of(const Fact& fact, const std::vector<HostCast>& hosts) {
  return {.a = number_of(fact["a"], hosts),
          .b = number_of(fact["b"], hosts),
          .bits_per_second = fact["bits_per_second"].count<std::uint64_t>()};
}

Cast read(const Fact& fact) {
  const int version = fact["recording"].count<int>();
  if (version < 1 || version > 3) fact["recording"].fail("version 1, 2 or 3");
  Cast cast{.version = fact["ringside"].text(),
            .scenario = fact["scenario"].text(),
            .title = {.en = fact["title"]["en"].text(), .zh_CN = fact["title"]["zh_CN"].text()},
            .seed = fact["seed"].count<std::uint64_t>()};
  for (const Fact& item : fact["hosts"].items()) cast.hosts.push_back(host_of(item));
  if (const auto losses = fact.find("losses")) cast.losses = losses->texts();
  if (const auto links = fact.find("links"))
    for (const Fact& item : links->items()) cast.links.push_back(link_of(item, cast.hosts));
  cast.study = number_of(fact["study"], cast.hosts);
  return cast;
}

}  // namespace

bool HostCast::takes_clones(std::size_t stage) const {
  return std::ranges::any_of(path.hops, [stage](const path::Hop& hop) {
    const auto* call = std::get_if<path::Call>(&hop.hand);
    return call && call->clone && hop.to == stage;
  });
}

const path::Queue* HostCast::queue(std::size_t number) const {
  if (number >= queues.size()) return nullptr;
  for (const path::Hop& hop : path.hops)
    if (const auto* found = std::get_if<path::Queue>(&hop.hand); found && found->name == queues[number])
      return found;
  return nullptr;
}

std::int64_t HostCast::packets_in(std::size_t number) const {
  const path::Queue* its = queue(number);
  return its && its->unit == path::Unit::packets ? its->capacity * instances_of(number) : 0;
}

std::optional<std::size_t> Cast::beyond(std::size_t host, std::size_t port) const {
  for (const LinkCast& link : links) {
    if (link.a != host && link.b != host) continue;
    if (port-- == 0) return link.a == host ? link.b : link.a;
  }
  return std::nullopt;
}

Cast cast_of(const std::string& meta) try {
  const auto document = Fact::parse(meta);
  return read(Fact{document});
} catch (const std::runtime_error& error) {
  throw trace::RecordingError{std::string{"META: "} + error.what()};
}

}  // namespace ringside::replay
