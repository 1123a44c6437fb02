// A scenario as a value: who talks to whom, over which links, on which path and machine, and what is
// expected.
//
// `load_scenario` (load.hpp) reads it from YAML with every key replaced by its value; `run` (run.hpp) carries
// it out.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "ringside/path/path.hpp"
#include "ringside/scenarios/result.hpp"
#include "ringside/units/quantity.hpp"

namespace ringside::scenarios {

using path::Origin;
using path::Text;

// A machine that runs a path, or a bare end of a wire that generates and counts frames and costs nothing.
struct HostText {
  std::string name{};
  bool wire = false;
  std::string path{};     // name or file
  std::string profile{};  // name or file
  std::string machine{};  // that of another host, whose cores and profile it shares; empty: its own
  int cores = 1;
  bool fewer_will_do = false;  // `up to`: on a machine that has not as many, all of them
  int nic_queues = 0;          // of each card; 0: as many as cores
  int application_core = 0;    // where the programs run
  int kernel_thread_core = 0;  // where threads run that never leave the kernel
  int first_flow_core = 0;     // of those to which software hands the packets of a flow (RPS, CPUMAP)
  int flow_cores = 0;          // how many there are; 0: all of them
  bool forwarding = false;
  int mtu = 1500;
  std::vector<std::string> lacks{};   // privileges and settings that its user does not have
  std::string personality = "linux";  // of its TCP: net::personality_names
  std::string congestion{};           // reno, cubic, dctcp or bbr; empty: the personality's
  std::vector<std::pair<std::string, std::int64_t>> path_parameters{};  // set by name on the host's path
  std::vector<std::string> settings{};                                  // the same as written: "rx_usecs=8us"
  std::vector<std::string> not_tuned{};  // what --set would have set if its path had it
  Origin origin{};
};

inline bool same_machine(const HostText& a, const HostText& b) {
  const auto machine = [](const HostText& host) { return host.machine.empty() ? host.name : host.machine; };
  return machine(a) == machine(b);
}

inline constexpr std::string_view all_privileges = "privileges";  // of HostText::lacks

struct LinkText {
  std::string a{};  // host names; each link is one port of either host, in the order of the text
  std::string b{};
  BitRate rate{};  // 0: infinitely fast
  Duration delay{};
  std::int64_t queue = 1000;  // packets that may wait for the wire where no ring holds them back
  // Impairments, each a probability for each frame, in both directions, each from its own random stream.
  double loss = 0;
  double reorder = 0;  // delayed by `reorder_delay` more, so that later frames overtake
  double duplicate = 0;
  double corrupt = 0;        // one bit of the frame is flipped
  Duration reorder_delay{};  // as long as `delay` unless the text says otherwise
  Origin origin{};
};

inline constexpr int most_frame_bytes = 65549;  // the largest IPv4 packet behind an Ethernet header

struct UdpLoad {                          // a datagram stream
  static constexpr double line_rate = 0;  // as many as the link carries, or the program can send
  double rate_pps = 0;
  int frame_bytes = 60;  // Ethernet frame without its checksum
  bool poisson = false;  // otherwise evenly spaced
  int burst = 1;         // so many come at once, and the next so much later
  Duration tick{};       // the generator sends what is due so often; 0: at once
  int flows = 1;
};
struct FileTransfer {                // the bytes of a file over TCP
  std::string file{};                // empty: one that is made up, of
  std::int64_t size = 0;             // bytes
  std::int64_t chunk = 65536;        // bytes for each write and read
  bool cached = true;                // it lies in the page cache of the sender
  std::int64_t read_ahead = 131072;  // bytes that are asked of the disk beyond the chunk that is wanted
  std::int64_t low_water = 1;        // bytes that wake its reader (SO_RCVLOWAT), or the end
  int buffers = 16;                  // of the program, where the kernel sends from them
  Duration receiver_crashes{};       // when; 0: it does not
};
struct Ping {
  int count = 1;
  Duration interval{};
  int payload_bytes = 56;
};
struct Replay {  // the frames of a capture
  std::string capture{};
  std::string filter{};
  double pace = 1;  // 2: twice as fast; 0: as fast as the link
};

struct Workload {
  std::string from{};
  std::string to{};
  std::variant<UdpLoad, FileTransfer, Ping, Replay> what{};
  Origin origin{};
};

struct Expectation {
  std::string text{};                          // "delivered_pps > 4000"; the language is in docs/guide.md
  std::string only_path{};                     // the name that a route map gives itself; empty: for all
  std::string only_profile{};                  // of a published figure: the machine of its scenario
  std::string against{};                       // another path, whose figures are called other.NAME
  std::optional<PublishedFigure> published{};  // that the text, an expression, comes near to
  Origin origin{};
};

struct Key {  // what --set may change
  std::string name{};
  std::string value{};  // as text, with its unit
  Text what{};
  Origin origin{};
};

struct Vary {
  std::string key{};
  std::vector<std::string> values{};
  bool operator==(const Vary&) const = default;
};

struct Scenario {
  std::string name{};
  Text title{};
  Text story{};
  std::vector<std::string> sources{};
  std::vector<Key> keys{};
  std::optional<Vary> vary{};
  std::vector<std::string> shows{};  // the metrics in the tables of a sweep; a comparison has the first
  Duration warmup{};                 // not measured
  Duration duration{};               // measured; 0: until every workload has finished
  std::string study{};               // the host whose metrics have the plain names
  std::string path{};                // of the host under study, after --path
  std::string profile{};
  std::vector<HostText> hosts{};
  std::vector<LinkText> links{};
  std::vector<Workload> workloads{};
  std::vector<Expectation> expectations{};
  std::string file{};
};

}  // namespace ringside::scenarios
