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
using path::Language;

template <class Number>
std::string number(Number n) {
  return fmt::format("{}", n);
}

std::string sentence(const UdpLoad& load, Language language) {
  const std::string rate = load.rate_pps == UdpLoad::line_rate
                               ? worded("show.line rate", language)
                               : worded("show.datagrams", language, {{"rate", number(load.rate_pps)}});
  return worded("show.load", language,
                {{"rate", rate},
                 {"bytes", number(load.frame_bytes)},
                 {"spacing", worded(load.poisson ? "show.poisson" : "show.even", language)},
                 {"flows", number(load.flows)}});
}

std::string sentence(const FileTransfer& file, Language language) {
  const std::string what = file.file.empty() ? worded("show.bytes", language, {{"size", number(file.size)}})
                                             : worded("show.file", language, {{"file", file.file}});
  return worded("show.transfer", language,
                {{"what", what},
                 {"chunk", number(file.chunk)},
                 {"from", file.cached ? "" : worded("show.from disk", language)}});
}

std::string sentence(const Ping& ping, Language language) {
  return worded("show.pings", language,
                {{"count", number(ping.count)}, {"bytes", number(ping.payload_bytes)}});
}

std::string sentence(const Replay& replay, Language language) {
  return worded("show.capture", language, {{"capture", replay.capture}});
}

std::string sentence(const Workload& workload, Language language) {
  const std::string what =
      std::visit([language](const auto& load) { return sentence(load, language); }, workload.what);
  return worded("show.workload", language, {{"from", workload.from}, {"to", workload.to}, {"what", what}});
}

std::string sentence(const HostText& host, Language language) {
  if (host.wire) return worded("show.wire end", language);
  const std::string machine =
      host.machine.empty()
          ? worded("show.own machine", language, {{"profile", host.profile}, {"cores", number(host.cores)}})
          : worded("show.machine of", language, {{"host", host.machine}});
  std::string text = worded("show.host", language, {{"path", host.path}, {"machine", machine}});
  if (host.nic_queues > 0) text += worded("show.queues", language, {{"number", number(host.nic_queues)}});
  if (host.application_core > 0)
    text += worded("show.programs", language, {{"core", number(host.application_core)}});
  if (host.flow_cores > 0)
    text += worded("show.flows", language,
                   {{"first", number(host.first_flow_core)},
                    {"last", number(host.first_flow_core + host.flow_cores - 1)}});
  if (host.mtu != 1500) text += worded("show.mtu", language, {{"mtu", number(host.mtu)}});
  if (host.forwarding) text += worded("show.forwards", language);
  if (!host.settings.empty()) text += fmt::format("; {}", fmt::join(host.settings, ", "));
  return text;
}

std::string rate_text(BitRate rate, Language language) {
  if (rate.count == 0) return worded("show.no limit", language);
  const bool giga = rate.count >= 1'000'000'000;
  return fmt::format("{} {}bit/s", static_cast<double>(rate.count) * (giga ? 1e-9 : 1e-6), giga ? "G" : "M");
}

std::string where_judged(const Expectation& expectation, Language language) {
  std::vector<std::string> where;
  if (!expectation.only_path.empty())
    where.push_back(worded("show.on path", language, {{"path", expectation.only_path}}));
  if (!expectation.against.empty())
    where.push_back(worded("show.against", language, {{"path", expectation.against}}));
  return fmt::format("{}", fmt::join(where, language == Language::zh_CN ? "，" : ", "));
}

std::string section(const std::string& title, const Table& table) {
  return table.empty() ? std::string{} : fmt::format("\n{}\n{}", title, table.text(2));
}

Json bilingual(const Text& text) { return {{"en", text.en}, {"zh_CN", text.zh_CN}}; }

}  // namespace

std::string describe_text(const Scenario& scenario, path::Language language) {
  using Align = Table::Align;
  Table hosts{{Align::left, Align::left}}, links{{Align::left, Align::right, Align::right}},
      workloads{{Align::left}}, keys{{Align::left, Align::right, Align::left}},
      expectations{{Align::left, Align::left}};
  for (const HostText& host : scenario.hosts) hosts.row({host.name, sentence(host, language)});
  for (const LinkText& link : scenario.links)
    links.row({link.a + " - " + link.b, rate_text(link.rate, language),
               figure(to_nanoseconds(link.delay)) + " ns"});
  for (const Workload& workload : scenario.workloads) workloads.row({sentence(workload, language)});
  for (const Key& key : scenario.keys) keys.row({key.name, key.value, in(language, key.what)});
  for (const Expectation& expectation : scenario.expectations)
    expectations.row({sentence(expectation), where_judged(expectation, language)});

  std::string text = fmt::format("{}: {}\n", scenario.name, in(language, scenario.title));
  if (!scenario.story.en.empty()) text += fmt::format("\n{}\n", in(language, scenario.story));
  for (const std::string& source : scenario.sources)
    text += worded("show.source", language, {{"source", source}}) + '\n';
  text += section(worded("show.hosts", language, {{"host", scenario.study}}), hosts);
  text += section(worded("show.links", language), links);
  text += section(worded("show.workloads", language), workloads);
  text += section(worded("show.keys", language), keys);
  if (scenario.vary)
    text += '\n' +
            worded("show.varies", language,
                   {{"key", scenario.vary->key},
                    {"values", fmt::format("{}", fmt::join(scenario.vary->values, " "))}}) +
            '\n';
  return text + section(worded("show.expectations", language), expectations);
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
    json["workloads"].push_back(
        {{"from", workload.from}, {"to", workload.to}, {"what", sentence(workload, Language::en)}});
  for (const Expectation& expectation : scenario.expectations)
    json["expectations"].push_back(
        {{"that", sentence(expectation)}, {"path", expectation.only_path}, {"against", expectation.against}});
  return json.dump(2) + "\n";
}

}  // namespace ringside::scenarios
