// Datagram streams, files, pings and captures.
#include "read_workload.hpp"

#include <algorithm>
#include <filesystem>

#include "read_hosts.hpp"
#include "ringside/scenarios/units_text.hpp"

namespace ringside::scenarios {
namespace {

constexpr int least_frame = 60;                     // IEEE 802.3 section 4A.4.2: 64 bytes with the checksum
constexpr int most_sockets = 28232;                 // Linux ip_local_port_range: 32768 to 60999
constexpr int most_echo = 65507;                    // RFC 791: 65535 less the headers of IP and ICMP
constexpr std::int64_t most_flow_bytes = 64 << 20;  // a frame is kept for each flow
constexpr std::int64_t most_chunk = 64 << 20;       // a program keeps one
constexpr std::int64_t most_made_up = std::int64_t{1} << 40;

// A gap of 10 ps between two datagrams can still be counted in picoseconds.
std::optional<double> as_packet_rate(const TextNode& node, const Source& source) {
  if (node.kind == TextNode::Kind::scalar && node.text == "line") return UdpLoad::line_rate;
  constexpr double least = 1, most = 1e11;
  auto rate = parse_number(node.text);
  if (const auto count = rate ? std::nullopt : parse_count(node.text)) rate = static_cast<double>(*count);
  if (rate && *rate >= least && *rate <= most) return rate;
  source.wrong(node, rate ? "from 1 to 1e11 packets per second"
                          : "packets per second such as 4000, 20k or 1.5M, or line");
  return std::nullopt;
}

// Beyond these a recorded time would not be one of the simulation any more.
std::optional<double> as_pace(const TextNode& node, const Source& source) {
  constexpr double least = 1e-6, most = 1e6;
  const auto pace = as_number(node, source);
  if (!pace || *pace == 0 || (*pace >= least && *pace <= most)) return pace;
  source.wrong(node, "a pace of 0, or from 1e-6 to 1e6");
  return std::nullopt;
}

UdpLoad read_udp(const TextNode& node, const Source& source) {
  const auto load = read_record<UdpLoad>(node, source, "a udp workload", [&](Fields& fields, UdpLoad& udp) {
    fields.need("rate", udp.rate_pps, as_packet_rate);
    fields.get("bytes", udp.frame_bytes, as_count{.least = least_frame, .most = most_frame_bytes});
    if (const TextNode* arrivals = fields.find("arrivals"))
      if (const auto word = one_of(*arrivals, source, {"poisson", "even"})) udp.poisson = *word == "poisson";
    fields.get("burst", udp.burst, as_count{.least = 1, .most = 1'000'000});
    fields.get("tick", udp.tick, as_duration);
    fields.get("flows", udp.flows, as_count{.least = 1, .most = 65535});
  });
  if (std::int64_t{load.flows} * load.frame_bytes > most_flow_bytes)
    source.error(node.origin, fmt::format("flows x bytes: {} x {} are more than {} MiB", load.flows,
                                          load.frame_bytes, most_flow_bytes >> 20));
  return load;
}

// A file named in the text lies beside the text, one named on the command line in the working directory.
std::optional<std::string> as_file(const TextNode& node, const Source& source) {
  const auto name = as_name(node, source);
  if (!name || node.from_option) return name;
  return (std::filesystem::path{source.file}.parent_path() / *name).lexically_normal().string();
}

FileTransfer read_file(const TextNode& node, const Source& source) {
  if (node.kind == TextNode::Kind::map && (node.find("file") != nullptr) == (node.find("size") != nullptr))
    source.error(node.origin, "a file workload has either a file, or the size of one that is made up");
  return read_record<FileTransfer>(node, source, "a file workload", [](Fields& fields, FileTransfer& file) {
    fields.get("file", file.file, as_file);
    fields.get("size", file.size, as_size{.least = 1, .most = most_made_up});
    fields.get("chunk", file.chunk, as_size{.least = 1, .most = most_chunk});
    fields.get("cached", file.cached, as_bool);
    fields.get("read ahead", file.read_ahead, as_size{.least = 0, .most = most_chunk});
    fields.get("receiver crashes", file.receiver_crashes, as_duration);
    fields.get("low water", file.low_water, as_size{.least = 1, .most = most_chunk});
    fields.get("buffers", file.buffers, as_count{.least = 1, .most = 1024});
  });
}

Ping read_ping(const TextNode& node, const Source& source) {
  return read_record<Ping>(node, source, "a ping workload", [](Fields& fields, Ping& ping) {
    fields.get("count", ping.count, as_count{.least = 1, .most = 1'000'000});
    fields.get("interval", ping.interval, as_duration);
    fields.get("payload", ping.payload_bytes, as_count{.least = 0, .most = most_echo});
  });
}

Replay read_replay(const TextNode& node, const Source& source) {
  return read_record<Replay>(node, source, "a replay workload", [](Fields& fields, Replay& replay) {
    fields.need("capture", replay.capture, as_file);
    fields.get("filter", replay.filter, as_text);
    fields.get("pace", replay.pace, as_pace);
  });
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

// What a kind of workload needs at its two ends, and of the measured interval.
struct Needs {
  std::string_view kind{};
  std::optional<bool> from_wire{};  // or else from a machine; nothing said: from either
  std::optional<bool> to_wire{};
  bool since_start = false;  // its figures count from the start of the simulation
};

Needs needs_of(const Workload& workload) {
  struct Visitor {
    Needs operator()(const UdpLoad&) const { return {.kind = "udp"}; }
    Needs operator()(const FileTransfer&) const {
      return {.kind = "file", .from_wire = false, .to_wire = false, .since_start = true};
    }
    Needs operator()(const Ping&) const { return {.kind = "ping", .from_wire = false, .since_start = true}; }
    Needs operator()(const Replay&) const { return {.kind = "replay", .from_wire = true, .to_wire = false}; }
  };
  return std::visit(Visitor{}, workload.what);
}

bool is_wire(const Scenario& scenario, const std::string& name) {
  return std::any_of(scenario.hosts.begin(), scenario.hosts.end(),
                     [&](const HostText& host) { return host.name == name && host.wire; });
}

void check_ends(const Workload& workload, const Source& source, const Scenario& scenario) {
  const Needs needs = needs_of(workload);
  const auto expect = [&](bool wire, std::string_view side, const std::string& host) {
    if (is_wire(scenario, host) == wire) return;
    source.error(workload.origin, fmt::format("a {} workload goes {} {}, and '{}' is {}", needs.kind, side,
                                              wire ? "the end of a wire" : "a machine", host,
                                              wire ? "a machine" : "the end of a wire"));
  };
  if (needs.from_wire) expect(*needs.from_wire, "from", workload.from);
  const auto* load = std::get_if<UdpLoad>(&workload.what);
  const bool by_a_program = load && !is_wire(scenario, workload.from);
  if (by_a_program && load->poisson)
    source.error(workload.origin, "a program sends datagrams evenly: expected no arrivals: poisson");
  if (by_a_program && load->flows > most_sockets)
    source.error(workload.origin,
                 fmt::format("a program has a socket for each flow: expected flows up to {}", most_sockets));
  if (needs.to_wire) expect(*needs.to_wire, "to", workload.to);
}

void check_interval(const Workload& workload, const Source& source, const Scenario& scenario) {
  const Needs needs = needs_of(workload);
  if (std::holds_alternative<UdpLoad>(workload.what) && scenario.duration == Duration{0})
    source.error(workload.origin, "a udp workload never ends: the scenario needs a duration");
  if (needs.since_start && scenario.warmup > Duration{0})
    source.error(workload.origin, fmt::format("a {} workload is measured from its first byte: expected a "
                                              "scenario without a warmup",
                                              needs.kind));
}

// The program that a workload puts on a machine to read datagrams, by its name; nullopt: none. All udp
// workloads share one. A replay counts as one even if its capture turns out to hold no datagram.
struct DatagramReader {
  std::string host{};
  std::string_view program{};
};
std::optional<DatagramReader> datagram_reader(const Workload& workload, const Scenario& scenario) {
  if (std::holds_alternative<Ping>(workload.what)) return DatagramReader{workload.from, "ping"};
  if (std::holds_alternative<Replay>(workload.what)) return DatagramReader{workload.to, "replay"};
  if (std::holds_alternative<UdpLoad>(workload.what) && !is_wire(scenario, workload.to))
    return DatagramReader{workload.to, "udp"};
  return std::nullopt;
}

// Datagrams wait for their program in one queue, so a machine has one program that reads them.
void check_readers(const Workload& workload, const Source& source, const Scenario& scenario) {
  const auto own = datagram_reader(workload, scenario);
  for (const Workload& other : scenario.workloads) {
    const auto theirs = datagram_reader(other, scenario);
    if (!own || !theirs || own->host != theirs->host) continue;
    if (own->program == "udp" && theirs->program == "udp") continue;
    return source.error(workload.origin,
                        fmt::format("'{}' already has a program that reads datagrams, for the {} workload in "
                                    "line {}: expected another machine for this {}",
                                    own->host, theirs->program, other.origin.line, own->program));
  }
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
  check_interval(workload, source, scenario);
  if (!workload.from.empty()) {
    check_ends(workload, source, scenario);
    check_readers(workload, source, scenario);
  }
  scenario.workloads.push_back(std::move(workload));
}

}  // namespace

void read_workloads(const TextNode& list, const Source& source, Scenario& scenario) {
  if (list.kind != TextNode::Kind::list) return source.wrong(list, "a list of workloads");
  for (const TextNode& workload : list.items) read_workload(workload, source, scenario);
}

}  // namespace ringside::scenarios
