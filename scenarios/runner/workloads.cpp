// Workloads put on the hosts of a world. What the loader has let pass fits: a wire is a wire, a host a host.
#include <algorithm>
#include <fstream>
#include <map>
#include <set>

#include "ringside/net/summary.hpp"
#include "ringside/net/wire/ethernet.hpp"
#include "ringside/pcap/reader.hpp"
#include "world.hpp"

namespace ringside::scenarios {

namespace {
constexpr std::uint16_t discard_port = 9;  // RFC 863
constexpr std::uint16_t transfer_port = 5001;
constexpr std::size_t most_ports = 1024;

host::FilePages::Bytes bytes_of_file(const std::string& name) {
  auto file = std::make_shared<std::ifstream>(name, std::ios::binary);
  if (!*file) throw InputError(name + ": cannot be opened for reading");
  return [file, name](std::span<std::uint8_t> into) {
    file->read(reinterpret_cast<char*>(into.data()), static_cast<std::streamsize>(into.size()));
    if (file->bad()) throw InputError(name + ": an error occurred while reading");
    return static_cast<std::size_t>(file->gcount());
  };
}

// A file of so many bytes that look like nothing in particular, and are the same every time.
host::FilePages::Bytes made_up_bytes(std::int64_t size) {
  return
      [size = static_cast<std::uint64_t>(size), at = std::uint64_t{0}](std::span<std::uint8_t> into) mutable {
        constexpr std::uint64_t golden_ratio = 0x9e3779b97f4a7c15;  // Knuth's multiplicative hash
        const auto bytes = std::min<std::uint64_t>(size - at, into.size());
        for (std::uint64_t i = 0; i < bytes; ++i)
          into[i] = static_cast<std::uint8_t>(((at + i) * golden_ratio) >> 56);
        at += bytes;
        return static_cast<std::size_t>(bytes);
      };
}

host::FilePages::Bytes bytes_of(const FileTransfer& text) {
  return text.file.empty() ? made_up_bytes(text.size) : bytes_of_file(text.file);
}
}  // namespace

void World::start(const Workload& workload) {
  std::visit(
      [&](const auto& what) {
        using What = std::decay_t<decltype(what)>;
        if constexpr (std::is_same_v<What, UdpLoad>) start_load(workload, what);
        if constexpr (std::is_same_v<What, FileTransfer>) start_transfer(workload, what);
        if constexpr (std::is_same_v<What, Ping>) start_ping(workload, what);
        if constexpr (std::is_same_v<What, Replay>) start_replay(workload, what);
      },
      workload.what);
}

// The link by which a host sends to another one.
std::size_t World::link_to(const Node& from, const Node& to) const {
  return from.ports[from.first_port[index_of(to.text->name)]].link;
}

// A program's. On a link that is infinitely fast it sends as often as it can.
void World::start_source(Node& from, const Node& to, const UdpLoad& load) {
  const int headers = host::DatagramLoad::smallest_frame;
  const int frame = std::max(load.frame_bytes, headers);
  const Bytes on_the_line = std::max(Bytes{frame}, hw::Link::shortest_frame) + hw::Link::framing;
  constexpr Duration shortest = std::chrono::nanoseconds{1};
  const Duration gap = load.rate_pps == UdpLoad::line_rate
                           ? on_the_line / scenario_.links[link_to(from, to)].rate * load.burst
                           : from_seconds(load.burst / load.rate_pps);
  programs_.push_back(std::make_unique<host::DatagramSource>(
      host::DatagramSource::Config{.to = {address(to), discard_port},
                                   .payload = static_cast<std::size_t>(frame - headers),
                                   .gap = std::max(gap, shortest),
                                   .burst = load.burst,
                                   .flows = load.flows}));
  from.host->start(*programs_.back());
}

// Datagrams from the end of a wire. If they are for a host and not for another wire, a program there reads
// them.
void World::start_load(const Workload& workload, const UdpLoad& load) {
  Node& from = node(workload.from);
  Node& to = node(workload.to);
  if (to.host && !to.discards) start_sink(to, {discard_port});
  to.discards = true;
  if (from.host) return start_source(from, to, load);
  const PortPlan& out = from.ports.front();
  const std::string name = "udp " + std::to_string(loads_.size());  // each load has arrivals of its own
  const int frame = std::max(load.frame_bytes, host::DatagramLoad::smallest_frame);
  const Bytes on_the_line = std::max(Bytes{frame}, hw::Link::shortest_frame) + hw::Link::framing;
  const double line = 1 / to_seconds(on_the_line / scenario_.links[out.link].rate);
  loads_.push_back(std::make_unique<host::DatagramLoad>(
      simulation_, *from.end,
      host::DatagramLoadConfig{
          .name = name,
          .packets_per_second = load.rate_pps == UdpLoad::line_rate ? line : load.rate_pps,
          .frame_bytes = frame,
          .poisson = load.poisson,
          .burst = load.burst,
          .tick = load.tick,
          .flows = load.flows,
          .from_mac = out.interface.mac,
          .to_mac = nodes_[out.peer].ports[out.peer_port].interface.mac,
          .from = out.interface.address,
          .to = address(to),
          .to_port = discard_port}));
  loads_.back()->start(simulation_.events.now());
}

// On a path whose program works on frames, that program is there already.
void World::start_sink(Node& node, std::vector<std::uint16_t> ports) {
  if (node.host->path().has(path::Work::consume)) return;
  programs_.push_back(std::make_unique<host::DatagramSink>(std::move(ports)));
  node.host->start(*programs_.back());
}

void World::start_transfer(const Workload& workload, const FileTransfer& text) {
  Node& from = node(workload.from);
  Node& to = node(workload.to);
  auto transfer = std::make_unique<Transfer>();
  Transfer& t = *transfer;
  t.from = from.host.get();
  t.to = to.host.get();
  const auto port = static_cast<std::uint16_t>(transfer_port + transfers_.size());
  const auto chunk = static_cast<std::size_t>(text.chunk);
  t.sink = std::make_unique<host::StreamSink>(
      net::Endpoint{.port = port},
      [this, &t](std::span<const std::uint8_t> bytes) {
        t.received.add(bytes);
        t.bytes += bytes.size();
        t.last_byte = simulation_.events.now();
      },
      chunk, static_cast<std::int32_t>(text.low_water));
  t.to->start(*t.sink);
  const path::Compiled& way = t.from->path();
  const auto most = static_cast<std::size_t>(way.most_fetched);
  host::FilePages pages{[&t, bytes = bytes_of(text)](std::span<std::uint8_t> into) {
                          const std::size_t n = bytes(into);
                          t.sent.add(into.first(n));
                          t.read_to_the_end = n == 0;
                          return n;
                        },
                        {.chunk = most == 0 ? chunk : std::min(chunk, most),
                         .cached = text.cached,
                         .read_ahead = static_cast<std::size_t>(text.read_ahead)}};
  t.source = std::make_unique<host::StreamSource>(
      host::StreamSource::Config{
          .to = {address(to), port},
          .lends = way.has(path::Work::reap) ? static_cast<std::size_t>(text.buffers) : 0,
          .notices_in_ring = way.has(path::Work::prepare)},
      std::move(pages));
  t.from->start(*t.source);
  if (text.receiver_crashes > Duration{0}) {
    t.crash.emplace(
        simulation_.events,
        [](void* self, Time) {
          auto& doomed = *static_cast<Transfer*>(self);
          doomed.to->crash(*doomed.sink);
        },
        &t);
    t.crash->schedule(start_of_time + text.receiver_crashes);
  }
  transfers_.push_back(std::move(transfer));
}

void World::start_ping(const Workload& workload, const Ping& ping) {
  Node& from = node(workload.from);
  pingers_.push_back(std::make_unique<host::Pinger>(address(node(workload.to)), ping.count, ping.interval,
                                                    static_cast<std::uint16_t>(ping.payload_bytes)));
  from.host->start(*pingers_.back());
}

void World::start_replay(const Workload& workload, const Replay& replay) {
  Node& from = node(workload.from);
  Node& to = node(workload.to);
  auto ports = target_of(replay).udp_ports;
  if (!ports.empty()) start_sink(to, std::move(ports));

  auto reader = std::make_shared<pcap::Reader>(replay.capture, replay.filter);
  replays_.push_back(std::make_unique<host::RecordedLoad>(
      simulation_, *from.end, scenario_.links[from.ports.front().link].rate,
      [reader]() -> std::optional<host::RecordedLoad::Frame> {
        const auto record = reader->next();
        if (!record) return std::nullopt;
        return host::RecordedLoad::Frame{record->at - start_of_time, record->captured};
      },
      replay.pace));
  replays_.back()->start(simulation_.events.now());
}

CaptureTarget target_of(const Replay& replay) {
  std::map<std::pair<net::MacAddress, net::Ipv4Address>, std::uint64_t> sent_to;
  std::set<std::uint16_t> ports;
  pcap::Reader reader{replay.capture, replay.filter};
  while (const auto record = reader.next()) {
    if (record->captured.size() > most_frame_bytes)
      throw InputError(replay.capture + ": packet " + std::to_string(reader.packets_read()) + " has " +
                       std::to_string(record->captured.size()) + " bytes: expected " +
                       std::to_string(most_frame_bytes) + " at most");
    const auto summary = net::summarize(record->captured);
    const auto ethernet = net::wire::parse_ethernet(record->captured);
    if (!summary || !ethernet || (ethernet.header.destination.octets[0] & 1) != 0) continue;  // not unicast
    const bool ipv4 = summary->destination.is_ipv4();
    ++sent_to[{ethernet.header.destination, ipv4 ? summary->destination.ipv4() : net::Ipv4Address{}}];
    if (summary->protocol == net::Protocol::udp && summary->destination_port != 0 &&
        ports.size() < most_ports)
      ports.insert(summary->destination_port);
  }
  CaptureTarget target{.mac = {{0x02, 0, 0, 0, 0, 0x02}}, .address = net::Ipv4Address{10, 0, 0, 2}};
  const auto most = std::max_element(sent_to.begin(), sent_to.end(),
                                     [](const auto& a, const auto& b) { return a.second < b.second; });
  if (most != sent_to.end()) std::tie(target.mac, target.address) = most->first;
  target.udp_ports.assign(ports.begin(), ports.end());
  return target;
}

}  // namespace ringside::scenarios
