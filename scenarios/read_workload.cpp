// Datagram streams, files, pings and captures.
#include "read_workload.hpp"

#include <algorithm>
#include <deque>

#include "read_hosts.hpp"
#include "ringside/scenarios/units_text.hpp"

namespace ringside::scenarios {
namespace {

constexpr int least_frame = 60;    // IEEE 802.3 section 4A.4.2: 64 bytes with the checksum
constexpr int most_frame = 65549;  // the largest IPv4 packet behind an Ethernet header
constexpr int most_echo = 65507;   // RFC 791: 65535 less the headers of IP and ICMP

std::optional<double> as_packet_rate(const TextNode& node, const Source& source) {
  if (const auto rate = parse_number(node.text)) return rate;
  if (const auto count = parse_count(node.text)) return static_cast<double>(*count);
  source.wrong(node, "packets per second such as 4000, 20k or 1.5M");
  return std::nullopt;
}

UdpLoad read_udp(const TextNode& node, const Source& source) {
  UdpLoad load;
  Fields fields{node, source, "a udp workload"};
  fields.need("rate", load.rate_pps, as_packet_rate);
  fields.get("bytes", load.frame_bytes, as_count{.least = least_frame, .most = most_frame});
  if (const TextNode* arrivals = fields.find("arrivals"))
    if (const auto word = one_of(*arrivals, source, {"poisson", "even"})) load.poisson = *word == "poisson";
  fields.get("flows", load.flows, as_count{.least = 1, .most = 65535});
  fields.close();
  return load;
}

FileTransfer read_file(const TextNode& node, const Source& source) {
  FileTransfer transfer;
  Fields fields{node, source, "a file workload"};
  fields.need("file", transfer.file, as_name);
  fields.get("chunk", transfer.chunk, as_bytes);
  fields.close();
  if (const TextNode* chunk = node.find("chunk"); chunk && transfer.chunk < 1)
    source.wrong(*chunk, "a size of 1B or more");
  return transfer;
}

Ping read_ping(const TextNode& node, const Source& source) {
  Ping ping;
  Fields fields{node, source, "a ping workload"};
  fields.get("count", ping.count, as_count{.least = 1, .most = 1'000'000});
  fields.get("interval", ping.interval, as_duration);
  fields.get("payload", ping.payload_bytes, as_count{.least = 0, .most = most_echo});
  fields.close();
  return ping;
}

Replay read_replay(const TextNode& node, const Source& source) {
  Replay replay;
  Fields fields{node, source, "a replay workload"};
  fields.need("capture", replay.capture, as_name);
  fields.get("filter", replay.filter, as_text);
  fields.get("pace", replay.pace, as_number);
  fields.close();
  return replay;
}

// Whether frames of `from` can get to `to` over the links of the scenario.
bool connected(const Scenario& scenario, const std::string& from, const std::string& to) {
  const auto forwards = [&](const std::string& name) {
    return std::any_of(scenario.hosts.begin(), scenario.hosts.end(),
                       [&](const HostText& host) { return host.name == name && host.forwarding; });
  };
  std::vector<std::string> reached{from};
  for (std::size_t i = 0; i < reached.size(); ++i) {
    const std::string here = reached[i];
    if (here == to) return true;
    if (i > 0 && !forwards(here)) continue;
    for (const LinkText& link : scenario.links) {
      const std::string& next = link.a == here ? link.b : link.a;
      const bool leads_on = link.a == here || link.b == here;
      if (leads_on && std::find(reached.begin(), reached.end(), next) == reached.end())
        reached.push_back(next);
    }
  }
  return false;
}

void read_ends(Fields& fields, const Source& source, const Scenario& scenario, Workload& workload) {
  const TextNode* from = fields.need("from");
  const TextNode* to = fields.need("to");
  const auto sender = from ? as_host(*from, source, scenario) : std::nullopt;
  const auto receiver = to ? as_host(*to, source, scenario) : std::nullopt;
  if (!sender || !receiver) return;
  workload.from = *sender;
  workload.to = *receiver;
  if (*sender == *receiver)
    source.error(workload.origin, fmt::format("a workload from '{}' to itself", *sender));
  else if (!connected(scenario, *sender, *receiver))
    source.error(workload.origin,
                 fmt::format("no way leads from '{}' to '{}': expected links, and forwarding: true "
                             "on the hosts between",
                             *sender, *receiver));
}

void read_workload(const TextNode& node, const Source& source, Scenario& scenario) {
  Workload workload{.origin = node.origin};
  Fields fields{node, source, "a workload"};
  if (!fields.usable()) return;
  read_ends(fields, source, scenario, workload);
  const TextNode* udp = fields.find("udp");
  const TextNode* file = fields.find("file");
  const TextNode* ping = fields.find("ping");
  const TextNode* replay = fields.find("replay");
  fields.close();
  if ((udp != nullptr) + (file != nullptr) + (ping != nullptr) + (replay != nullptr) != 1)
    return source.error(node.origin, "a workload is one of udp, file, ping and replay");
  if (udp) workload.what = read_udp(*udp, source);
  if (file) workload.what = read_file(*file, source);
  if (ping) workload.what = read_ping(*ping, source);
  if (replay) workload.what = read_replay(*replay, source);
  if (udp && scenario.duration == Duration{0})
    source.error(node.origin, "a udp workload never ends: the scenario needs a duration");
  scenario.workloads.push_back(std::move(workload));
}

}  // namespace

void read_workloads(const TextNode& list, const Source& source, Scenario& scenario) {
  if (list.kind != TextNode::Kind::list) return source.wrong(list, "a list of workloads");
  for (const TextNode& workload : list.items) read_workload(workload, source, scenario);
}

}  // namespace ringside::scenarios
