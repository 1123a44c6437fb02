#include "world.hpp"

#include <algorithm>
#include <queue>

#include "cores_used.hpp"
#include "ringside/net/congestion_names.hpp"
#include "ringside/net/personality.hpp"
#include "ringside/path/compile.hpp"

namespace ringside::scenarios {

namespace {

using path::Compiled;

std::size_t largest_frame(const Scenario& scenario) {
  int largest = 2000 + 48;
  for (const HostText& host : scenario.hosts) largest = std::max(largest, host.mtu + 48);
  for (const Workload& workload : scenario.workloads) {
    if (const auto* load = std::get_if<UdpLoad>(&workload.what))
      largest = std::max(largest, load->frame_bytes);
    if (std::holds_alternative<Replay>(workload.what)) largest = std::max(largest, most_frame_bytes);
  }
  return static_cast<std::size_t>(largest);
}

// The address plan: link i is 10.0.i.0/24 (10.1.0.0/24 after 256 of them), host a is .1 and host b .2.
net::InterfaceConfig interface_of(std::size_t link, int end, int mtu) {
  const auto high = static_cast<std::uint8_t>(link >> 8), low = static_cast<std::uint8_t>(link);
  const auto last = static_cast<std::uint8_t>(end + 1);
  return {.mac = {{0x02, 0x00, 0x00, high, low, last}},
          .address = net::Ipv4Address{10, high, low, last},
          .prefix_length = 24,
          .mtu = mtu};
}

// A link names its random streams. Where several lie side by side, those after the first add their number.
std::string nth_between(const Scenario& scenario, std::size_t link) {
  const auto ends = [&](std::size_t i) { return std::minmax(scenario.links[i].a, scenario.links[i].b); };
  int before = 0;
  for (std::size_t i = 0; i < link; ++i) before += ends(i) == ends(link) ? 1 : 0;
  return before == 0 ? std::string{} : " " + std::to_string(before + 1);
}

// A buffer grows no further than the path's queue, nor begins beyond it.
void bound(Bytes& first, Bytes& largest, const Compiled::QueueRow& queue) {
  const Bytes capacity{queue.capacity};
  first = std::min(first, capacity);
  largest = std::min(largest, capacity);
}

// The socket buffers of a path are queues like any other; the stack keeps them.
void set_socket_buffers(const Compiled& path, net::StackConfig& stack) {
  const auto waiting_room = [&](path::StageId stage) -> const Compiled::QueueRow* {
    for (auto* hop = path.hops_begin(stage); hop != path.hops_end(stage); ++hop)
      if (hop->hands == Compiled::Hands::queue) return &path.queues[hop->index];
    return nullptr;
  };
  for (path::StageId s = 0; s < path.stages.size(); ++s)
    for (auto* hop = path.hops_begin(s); hop != path.hops_end(s); ++hop) {
      if (path.stages[s].work == path::Work::write && hop->when == path::Verdict::transmit &&
          hop->hands == Compiled::Hands::queue)
        bound(stack.tcp.send_buffer, stack.tcp.largest_send_buffer, path.queues[hop->index]);
      if (path.stages[s].work != path::Work::demultiplex) continue;
      const auto* room = waiting_room(hop->to);
      if (room && hop->when == path::Verdict::udp) {
        stack.udp.receive_buffer = Bytes{room->capacity};
        stack.udp.datagram_overhead = Bytes{room->overhead};
      }
      if (room && hop->when == path::Verdict::tcp)
        bound(stack.tcp.receive_buffer, stack.tcp.largest_receive_buffer, *room);
    }
}

net::InterfaceId interface_id(std::size_t port) { return net::InterfaceId{static_cast<std::uint32_t>(port)}; }

void deliver_to(hw::Link& link, Node& node, std::size_t port) {
  if (node.host)
    link.connect(&host::Host::on_frame, node.host->arrival_port(port));
  else
    link.connect(&host::WireEnd::on_frame, node.end.get());
}

}  // namespace

World::World(const Scenario& scenario, const Ingredients& ingredients, const RunOptions& options)
    : scenario_{scenario},
      ingredients_{ingredients},
      options_{options},
      simulation_{options.seed, largest_frame(scenario)} {
  open_logs();
  for (const HostText& text : scenario.hosts) nodes_.push_back({.text = &text});
  plug_links();
  for (const Workload& workload : scenario.workloads)
    if (const auto* replay =
            std::get_if<Replay>(&workload.what)) {  // the host takes the place of the recorded one
      const CaptureTarget target = target_of(*replay);
      net::InterfaceConfig& taken = node(workload.to).ports.front().interface;
      taken.mac = target.mac;
      taken.address = target.address;
    }
  build_hosts();
  route();
  open_capture();
  for (const Workload& workload : scenario.workloads) start(workload);
}

// Before the hosts are built: their cores ask whether anyone listens.
void World::open_logs() {
  const bool pings = std::any_of(scenario_.workloads.begin(), scenario_.workloads.end(),
                                 [](const Workload& w) { return std::holds_alternative<Ping>(w.what); });
  if (pings) simulation_.log = &journeys_;
  if (options_.recording.empty()) return;
  const auto settled = [this] {
    Time first = simulation_.events.now();
    for (const Node& node : nodes_)
      if (node.host) first = std::min(first, node.host->settled());
    return first;
  };
  recording_ =
      std::make_unique<Recording>(options_.recording, scenario_, ingredients_, options_.seed, settled);
  if (pings) both_ = std::make_unique<BothLogs>(journeys_, recording_->log());
  simulation_.log = pings ? static_cast<trace::Log*>(both_.get()) : &recording_->log();
}

std::size_t World::index_of(const std::string& name) const {
  const auto at =
      std::find_if(nodes_.begin(), nodes_.end(), [&](const Node& n) { return n.text->name == name; });
  if (at == nodes_.end()) throw InputError("no host is named '" + name + "'");
  return static_cast<std::size_t>(at - nodes_.begin());
}

Node& World::node(const std::string& name) { return nodes_[index_of(name)]; }

void World::plug_links() {
  for (std::size_t i = 0; i < scenario_.links.size(); ++i) {
    const LinkText& text = scenario_.links[i];
    const hw::LinkConfig config{.rate = text.rate,
                                .delay = text.delay,
                                .queue = text.queue,
                                .loss = text.loss,
                                .reorder = text.reorder,
                                .duplicate = text.duplicate,
                                .corrupt = text.corrupt,
                                .reorder_delay = text.reorder_delay};
    const std::size_t a = index_of(text.a), b = index_of(text.b);
    const std::size_t port_a = nodes_[a].ports.size(), port_b = nodes_[b].ports.size() + (a == b ? 1 : 0);
    const std::string which = nth_between(scenario_, i);
    const auto one_way = [&](const std::string& from, const std::string& to) {
      links_.push_back(std::make_unique<hw::Link>(simulation_.events, simulation_.pool, config, options_.seed,
                                                  from + "->" + to + which));
      return links_.back().get();
    };
    nodes_[a].ports.push_back(
        {i, interface_of(i, 0, nodes_[a].text->mtu), b, port_b, one_way(text.a, text.b)});
    nodes_[b].ports.push_back(
        {i, interface_of(i, 1, nodes_[b].text->mtu), a, port_a, one_way(text.b, text.a)});
  }
}

void World::build_hosts() {
  std::uint16_t number = 0;
  for (Node& node : nodes_) {
    const HostText& text = *node.text;
    if (text.wire) {
      node.end = std::make_unique<host::WireEnd>(simulation_, *node.ports.front().out, number++);
      continue;
    }
    const path::Path& path = ingredients_.paths.at(text.name);
    auto compiled = path::compile(path, ingredients_.profiles.at(text.name));
    const int cores = cores_used(text, path);
    Node* machine = text.machine.empty() ? nullptr : &this->node(text.machine);
    host::HostConfig config{.number = number++,
                            .machine = machine ? machine->host.get() : nullptr,
                            .machine_cores = text.cores,
                            .cores = cores,
                            .nic_queues = text.nic_queues,
                            .application_core = std::min(text.application_core, cores - 1),
                            .kernel_thread_core = std::min(text.kernel_thread_core, cores - 1)};
    if (text.first_flow_core + text.flow_cores <= cores) {
      config.first_flow_core = text.first_flow_core;
      config.flow_cores = text.flow_cores;
    }
    config.stack.forwarding = text.forwarding;
    config.stack.seed = options_.seed * 1000003 + number;
    net::take_on(net::personality_named(text.personality).value(), config.stack.tcp);
    set_socket_buffers(compiled, config.stack);
    if (const auto congestion = net::congestion_named(text.congestion))
      config.stack.tcp.congestion = *congestion;
    for (const PortPlan& port : node.ports)
      config.ports.push_back({.interface = port.interface,
                              .out = port.out,
                              .software = same_machine(text, *nodes_[port.peer].text)});
    node.host = std::make_unique<host::Host>(simulation_, config, std::move(compiled));
  }
  for (Node& node : nodes_)
    for (const PortPlan& port : node.ports) deliver_to(*port.out, nodes_[port.peer], port.peer_port);
}

// Every host knows its neighbours' addresses, and the way with the fewest hops to every network.
void World::route() {
  for (std::size_t from = 0; from < nodes_.size(); ++from) {
    if (!nodes_[from].host) continue;
    net::Stack& stack = nodes_[from].host->stack();
    constexpr std::size_t unreached = SIZE_MAX;
    std::vector<std::size_t> first_port(nodes_.size(), unreached);
    std::queue<std::size_t> frontier;
    for (std::size_t p = 0; p < nodes_[from].ports.size(); ++p) {
      const PortPlan& port = nodes_[from].ports[p];
      const auto& peer = nodes_[port.peer].ports[port.peer_port].interface;
      stack.add_neighbor(interface_id(p), peer.address, peer.mac);
      if (first_port[port.peer] != unreached) continue;
      first_port[port.peer] = p;
      frontier.push(port.peer);
    }
    for (; !frontier.empty(); frontier.pop()) {
      const std::size_t here = frontier.front();
      const std::size_t p = first_port[here];
      const PortPlan& out = nodes_[from].ports[p];
      for (const PortPlan& port : nodes_[here].ports) {
        stack.add_route(port.interface.address, port.interface.prefix_length, interface_id(p),
                        nodes_[out.peer].ports[out.peer_port].interface.address);
        if (nodes_[here].end || first_port[port.peer] != unreached || port.peer == from) continue;
        first_port[port.peer] = p;
        frontier.push(port.peer);
      }
    }
    nodes_[from].first_port = std::move(first_port);
  }
}

void World::open_capture() {
  if (options_.pcap.empty()) return;
  const auto colon = options_.pcap_at.find(':');
  const std::string name = options_.pcap_at.empty() ? scenario_.study : options_.pcap_at.substr(0, colon);
  const std::string stage = colon == std::string::npos ? std::string{} : options_.pcap_at.substr(colon + 1);
  Node& tapped = node(name);
  if (!tapped.host) throw InputError("'" + name + "' is the end of a wire: a capture is taken on a host");
  capture_ = std::make_unique<pcap::Writer>(options_.pcap);
  const auto write = [](void* writer, Time now, std::span<const std::uint8_t> frame) {
    static_cast<pcap::Writer*>(writer)->write(now, frame);
  };
  const auto& stages = ingredients_.paths.at(name).stages;
  bool found = false;
  for (std::size_t s = 0; s < stages.size(); ++s) {
    const bool wire = stages[s].work == path::Work::arrive || stages[s].work == path::Work::depart;
    if (stage.empty() ? !wire : stages[s].name != stage) continue;
    tapped.host->tap(static_cast<path::StageId>(s), write, capture_.get());
    found = true;
  }
  if (!found) throw InputError("the path of '" + name + "' has no stage '" + stage + "'");
}

void World::finish_files() {
  if (capture_) capture_->finish();
  if (recording_) recording_->finish();
}

std::uint64_t World::recorded_late() const { return recording_ ? recording_->late() : 0; }

bool Transfer::ended() const {
  if (from->program_gone()) return true;
  if (source->error(from->stack()) != net::Error::none && source->finished()) return true;
  return sink->closed(to->stack()) && source->closed(from->stack());
}

bool Transfer::intact() const { return ended() && read_to_the_end && received.hex() == sent.hex(); }

bool World::finished() const {
  const auto done = [](const auto& workloads, auto&& ended) {
    return std::all_of(workloads.begin(), workloads.end(), ended);
  };
  return loads_.empty() && done(transfers_, [](const auto& t) { return t->ended(); }) &&
         done(pingers_, [](const auto& p) { return p->finished(); }) &&
         done(replays_, [](const auto& r) { return r->finished(); });
}

}  // namespace ringside::scenarios
