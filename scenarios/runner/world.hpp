// A scenario built: hosts with their stacks and programs, wire ends, links, addresses and routes.
#pragma once

#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "recording.hpp"
#include "ringside/host/host.hpp"
#include "ringside/host/programs.hpp"
#include "ringside/host/wire_end.hpp"
#include "ringside/pcap/writer.hpp"
#include "ringside/scenarios/run.hpp"
#include "sha256.hpp"

namespace ringside::scenarios {

// A place where a link is plugged in.
struct PortPlan {
  std::size_t link = 0;
  net::InterfaceConfig interface {};
  std::size_t peer = 0;  // node at the other end
  std::size_t peer_port = 0;
  hw::Link* out = nullptr;
};

// A host or a wire end.
struct Node {
  const HostText* text = nullptr;
  std::vector<PortPlan> ports{};
  std::unique_ptr<host::Host> host{};
  std::unique_ptr<host::WireEnd> end{};
  std::vector<std::size_t> first_port{};  // of the way to each node
  bool discards = false;                  // a program there reads the datagrams of all udp workloads
};

// A file on its way: what was sent, what has arrived.
struct Transfer {
  std::unique_ptr<host::StreamSource> source{};
  std::unique_ptr<host::StreamSink> sink{};
  host::Host* from = nullptr;
  host::Host* to = nullptr;
  Sha256 sent{};
  Sha256 received{};
  std::uint64_t bytes = 0;  // that the sink has read
  Time last_byte{};
  std::optional<sim::Timer> crash{};  // of the receiving program
  bool read_to_the_end = false;       // the file, by the source
  bool ended() const;
  bool intact() const;  // all of the file has arrived, and nothing else
};

class World {
 public:
  World(const Scenario&, const Ingredients&, const RunOptions&);

  host::Simulation& simulation() { return simulation_; }
  const std::deque<Node>& nodes() const { return nodes_; }
  const std::vector<std::unique_ptr<Transfer>>& transfers() const { return transfers_; }
  const std::vector<std::unique_ptr<host::Pinger>>& pingers() const { return pingers_; }
  const trace::JourneyLog& journeys() const { return journeys_; }

  bool finished() const;  // every workload that comes to an end has done so
  void finish_files();    // gives the capture and the recording their names
  std::uint64_t recorded_late() const;

 private:
  Node& node(const std::string& name);
  std::size_t index_of(const std::string& name) const;
  void plug_links();
  void build_hosts();
  void route();
  void start(const Workload&);
  void start_load(const Workload&, const UdpLoad&);
  std::size_t link_to(const Node& from, const Node& to) const;
  void start_source(Node& from, const Node& to, const UdpLoad&);
  void start_transfer(const Workload&, const FileTransfer&);
  void start_ping(const Workload&, const Ping&);
  void start_replay(const Workload&, const Replay&);
  void start_sink(Node&, std::vector<std::uint16_t> ports);
  void open_logs();
  void open_capture();
  net::Ipv4Address address(const Node& node) const { return node.ports.front().interface.address; }

  const Scenario& scenario_;
  const Ingredients& ingredients_;
  const RunOptions& options_;
  host::Simulation simulation_;
  trace::JourneyLog journeys_{};
  std::unique_ptr<Recording> recording_{};
  std::unique_ptr<BothLogs> both_{};
  std::deque<Node> nodes_{};
  std::vector<std::unique_ptr<hw::Link>> links_{};  // two for each link of the text: a to b, b to a
  std::vector<std::unique_ptr<host::Application>> programs_{};
  std::vector<std::unique_ptr<host::DatagramLoad>> loads_{};
  std::vector<std::unique_ptr<host::RecordedLoad>> replays_{};
  std::vector<std::unique_ptr<Transfer>> transfers_{};
  std::vector<std::unique_ptr<host::Pinger>> pingers_{};
  std::unique_ptr<pcap::Writer> capture_{};
};

// The addresses to which most of a capture is sent, and the UDP ports that appear in it.
struct CaptureTarget {
  net::MacAddress mac{};
  net::Ipv4Address address{};
  std::vector<std::uint16_t> udp_ports{};
};
CaptureTarget target_of(const Replay&);

}  // namespace ringside::scenarios
