#include "recording.hpp"

#include <nlohmann/json.hpp>

#include "cores_used.hpp"
#include "ringside/host/host.hpp"
#include "ringside/host/losses.hpp"
#include "ringside/path/compile.hpp"
#include "ringside/path/describe.hpp"

namespace ringside::scenarios {

namespace {

using Json = nlohmann::ordered_json;

// What a reader needs to know to give the numbers of events their names.
Json names_of(const HostText& host, std::size_t ports, const Ingredients& ingredients) {
  if (host.wire) return {{"host", host.name}, {"wire", true}};
  const path::Path& path = ingredients.paths.at(host.name);
  const path::Compiled compiled = path::compile(path, ingredients.profiles.at(host.name));
  Json queues = Json::array(), instances = Json::array(), notifications = Json::array();
  for (const auto& queue : compiled.queues) {
    queues.push_back(queue.name);
    instances.push_back(host::instances(queue.scope, ports, host.nic_queues, cores_used(host, path)));
  }
  for (const auto& notification : compiled.notifies) notifications.push_back(notification.name);
  return {{"host", host.name},
          {"wire", false},
          {"machine", host.machine},
          {"cores", host.cores},
          {"profile", ingredients.profiles.at(host.name).name},
          {"queues", queues},
          {"instances", instances},
          {"notifications", notifications},
          {"path", Json::parse(path::describe_json(path))}};
}

std::string meta(const Scenario& scenario, const Ingredients& ingredients, std::uint64_t seed) {
  Json hosts = Json::array();
  for (const HostText& host : scenario.hosts) {
    const auto ends = [&host](const LinkText& link) { return (link.a == host.name) + (link.b == host.name); };
    std::size_t ports = 0;
    for (const LinkText& link : scenario.links) ports += static_cast<std::size_t>(ends(link));
    hosts.push_back(names_of(host, ports, ingredients));
  }
  Json links = Json::array();
  for (const LinkText& link : scenario.links)
    links.push_back({{"a", link.a}, {"b", link.b}, {"bits_per_second", link.rate.count}});
  const Json all{{"recording", 3},
                 {"ringside", RINGSIDE_VERSION},
                 {"scenario", scenario.name},
                 {"title", {{"en", scenario.title.en}, {"zh_CN", scenario.title.zh_CN}}},
                 {"seed", seed},
                 {"study", scenario.study},
                 {"losses", host::names_of_losses()},
                 {"links", links},
                 {"hosts", hosts}};
  return all.dump();
}

}  // namespace

Recording::Recording(const std::string& file, const Scenario& scenario, const Ingredients& ingredients,
                     std::uint64_t seed, std::function<Time()> settled)
    : file_{file},
      recorder_{[this](std::string_view bytes) { file_.write(bytes); }, meta(scenario, ingredients, seed),
                std::move(settled)} {}

void Recording::finish() {
  recorder_.finish();
  file_.finish();
}

}  // namespace ringside::scenarios
