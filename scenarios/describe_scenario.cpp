// A scenario as its parts: hosts, links, workloads, keys, expectations.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <nlohmann/json.hpp>

#include "describe.hpp"
#include "ringside/scenarios/expect.hpp"
#include "table.hpp"

namespace ringside::scenarios {
namespace {

using Json = nlohmann::ordered_json;

std::string sentence(const UdpLoad& load) {
  const std::string rate = load.rate_pps == UdpLoad::line_rate
                               ? "as many datagrams as the link carries"
                               : fmt::format("{} datagrams a second", load.rate_pps);
  return fmt::format("{}, {} bytes each, {}, flows: {}", rate, load.frame_bytes,
                     load.poisson ? "poisson" : "even", load.flows);
}

std::string sentence(const FileTransfer& file) {
  const std::string what =
      file.file.empty() ? fmt::format("{} B of a file", file.size) : "the file " + file.file;
  return fmt::format("{} in chunks of {} B{}", what, file.chunk, file.cached ? "" : ", from the disk");
}

std::string sentence(const Ping& ping) {
  return fmt::format("pings: {}, {} bytes each", ping.count, ping.payload_bytes);
}

std::string sentence(const Replay& replay) { return fmt::format("the frames of {}", replay.capture); }

std::string sentence(const Workload& workload) {
  const std::string what = std::visit([](const auto& load) { return sentence(load); }, workload.what);
  return fmt::format("{} -> {}: {}", workload.from, workload.to, what);
}

std::string sentence(const HostText& host) {
  if (host.wire) return "a bare end of a wire";
  const std::string machine = host.machine.empty()
                                  ? fmt::format("profile {}, cores: {}", host.profile, host.cores)
                                  : fmt::format("on the machine of {}", host.machine);
  std::string text = fmt::format("path {}, {}", host.path, machine);
  if (host.nic_queues > 0) text += fmt::format(", nic queues: {}", host.nic_queues);
  if (host.application_core > 0) text += fmt::format(", programs on core {}", host.application_core);
  if (host.flow_cores > 0)
    text += fmt::format(", flows on cores {}-{}", host.first_flow_core,
                        host.first_flow_core + host.flow_cores - 1);
  if (host.mtu != 1500) text += fmt::format(", mtu: {}", host.mtu);
  if (host.forwarding) text += ", forwards";
  if (!host.settings.empty()) text += fmt::format("; {}", fmt::join(host.settings, ", "));
  return text;
}

std::string rate_text(BitRate rate) {
  if (rate.count == 0) return "no limit";
  const bool giga = rate.count >= 1'000'000'000;
  return fmt::format("{} {}bit/s", static_cast<double>(rate.count) * (giga ? 1e-9 : 1e-6), giga ? "G" : "M");
}

std::string where_judged(const Expectation& expectation) {
  std::string where = expectation.only_path.empty() ? "" : "on " + expectation.only_path;
  if (!expectation.against.empty())
    where += fmt::format("{}against {}", where.empty() ? "" : ", ", expectation.against);
  return where;
}

std::string section(std::string_view title, const Table& table) {
  return table.empty() ? std::string{} : fmt::format("\n{}\n{}", title, table.text(2));
}

Json bilingual(const Text& text) { return {{"en", text.en}, {"zh_CN", text.zh_CN}}; }

}  // namespace

std::string describe_text(const Scenario& scenario, path::Language language) {
  using Align = Table::Align;
  Table hosts{{Align::left, Align::left}}, links{{Align::left, Align::right, Align::right}},
      workloads{{Align::left}}, keys{{Align::left, Align::right, Align::left}},
      expectations{{Align::left, Align::left}};
  for (const HostText& host : scenario.hosts) hosts.row({host.name, sentence(host)});
  for (const LinkText& link : scenario.links)
    links.row({link.a + " - " + link.b, rate_text(link.rate), figure(to_nanoseconds(link.delay)) + " ns"});
  for (const Workload& workload : scenario.workloads) workloads.row({sentence(workload)});
  for (const Key& key : scenario.keys) keys.row({key.name, key.value, in(language, key.what)});
  for (const Expectation& expectation : scenario.expectations)
    expectations.row({sentence(expectation), where_judged(expectation)});

  std::string text = fmt::format("{}: {}\n", scenario.name, in(language, scenario.title));
  if (!scenario.story.en.empty()) text += fmt::format("\n{}\n", in(language, scenario.story));
  for (const std::string& source : scenario.sources) text += fmt::format("source: {}\n", source);
  text += section("hosts (under study: " + scenario.study + ")", hosts) + section("links", links) +
          section("workloads", workloads) + section("keys", keys);
  if (scenario.vary)
    text += fmt::format("\nvaries {}: {}\n", scenario.vary->key, fmt::join(scenario.vary->values, " "));
  return text + section("expectations", expectations);
}

std::string describe_json(const Scenario& scenario) {
  Json json{{"scenario", scenario.name},
            {"title", bilingual(scenario.title)},
            {"story", bilingual(scenario.story)},
            {"sources", scenario.sources},
            {"path", scenario.path},
            {"profile", scenario.profile},
            {"study", scenario.study},
            {"warmup_ns", to_nanoseconds(scenario.warmup)},
            {"duration_ns", to_nanoseconds(scenario.duration)}};
  json["keys"] = Json::object();
  for (const Key& key : scenario.keys)
    json["keys"][key.name] = {{"value", key.value}, {"what", bilingual(key.what)}};
  json["vary"] = Json::object();
  if (scenario.vary) json["vary"][scenario.vary->key] = scenario.vary->values;
  for (const char* list : {"hosts", "links", "workloads", "expectations"}) json[list] = Json::array();
  for (const HostText& host : scenario.hosts)
    json["hosts"].push_back({{"host", host.name},
                             {"wire", host.wire},
                             {"path", host.path},
                             {"profile", host.profile},
                             {"set", host.settings}});
  for (const LinkText& link : scenario.links)
    json["links"].push_back({{"between", {link.a, link.b}},
                             {"rate_bps", link.rate.count},
                             {"delay_ns", to_nanoseconds(link.delay)}});
  for (const Workload& workload : scenario.workloads)
    json["workloads"].push_back({{"from", workload.from}, {"to", workload.to}, {"what", sentence(workload)}});
  for (const Expectation& expectation : scenario.expectations)
    json["expectations"].push_back(
        {{"that", sentence(expectation)}, {"path", expectation.only_path}, {"against", expectation.against}});
  return json.dump(2) + "\n";
}

}  // namespace ringside::scenarios
