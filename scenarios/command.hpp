// The subcommands of `ringside`. Results go to stdout, messages and progress to stderr.
#pragma once

#include <cstdint>
#include <exception>
#include <string>
#include <string_view>
#include <vector>

#include "ringside/path/describe.hpp"
#include "ringside/scenarios/finding.hpp"
#include "ringside/scenarios/library.hpp"
#include "ringside/scenarios/load.hpp"

namespace ringside::scenarios {

// A contract: scripts rely on these numbers.
enum class Exit : int {
  done = 0,  // and all expectations hold
  expectation_failed = 1,
  bad_input = 2,         // or bad usage
  machine_lacks = 3,     // a privilege, a feature, a file of the installation
  broken_invariant = 4,  // of the model: a bug of ours
  output_not_written = 5,
  limit_reached = 6,  // one that the user gave
  interrupted = 130   // 128 + SIGINT, as shells count
};

struct ListRequest {
  std::string what{};  // scenarios, paths, profiles; empty: all
  bool json = false;
};

struct ShowRequest {
  std::string name{};
  std::string format = "text";
  path::Language language = path::Language::en;
};

struct CheckRequest {
  std::vector<std::string> files{};  // or names in the library
};

// Files to write; "-" is the standard output, which at most one of them may be.
struct Outputs {
  std::string json{};
  std::string csv{};
  std::string junit{};
  std::string pcap{};
  std::string pcap_at{};
  std::string recording{};
};

// ringside run and ringside compare: the second has several paths or profiles, and shows them side by side.
struct RunRequest {
  std::string scenario{};
  std::vector<std::string> paths{};  // empty: the scenario's own
  std::vector<std::string> profiles{};
  std::vector<std::string> settings{};  // "key=value"
  std::string vary{};                   // "key=values"; empty: what the scenario varies
  std::string duration{};               // empty: the scenario's own
  std::uint64_t seed = 1;
  Outputs outputs{};
  bool compare = false;
  bool quiet = false;
};

struct ReplayRequest {
  std::string file{};  // a recording
  std::string from{};  // times; empty: its first and last
  std::string to{};
  std::uint64_t packet = 0;  // whose journey; 0: nobody's
  path::Language language = path::Language::en;
  bool narrate = false;
  bool why = false;
  std::string json{};  // as in Outputs
  std::string pcap{};  // of what passed the wire of the host under study
};

struct PacketdrillRequest {
  std::vector<std::string> scripts{};
  std::vector<std::string> defines{};  // "NAME=value"
  std::vector<std::string> options{};  // "--name=value": those of scripts, which they override
  std::string json{};                  // as in Outputs
  std::string pcap{};                  // of one script
  bool quiet = false;                  // no line for a script that has passed
};

// Texts as they were given; empty: not at all.
struct TapRequest {
  std::string device{};
  std::string network_namespace{};
  std::string address = "10.77.0.2/24";
  std::string peer{};      // empty: the first address beside `address`
  std::string address6{};  // empty: fd77::2/64, where there is IPv6
  std::string peer6{};
  std::string mtu{};
  std::vector<std::string> serve{};
  std::string fetch{};
  std::string out{};
  std::string send{};
  std::string to{};
  std::string loss{}, delay{}, reorder{}, reorder_delay = "2ms", duplicate{}, corrupt{}, rate{};
  std::uint64_t seed = 1;
  bool no_sack = false, no_timestamps = false, no_window_scaling = false;
  bool ecn = false, fast_open = false;
  std::string congestion = "cubic", pace{};
  std::string receive_buffer{};
  std::string pcap{};
  std::string duration{};  // of real time
};

Exit execute(const ListRequest&);
Exit execute(const ShowRequest&);
Exit execute(const CheckRequest&);
Exit execute(const RunRequest&);
Exit execute(const ReplayRequest&);
Exit execute(const PacketdrillRequest&);
Exit execute(const TapRequest&);

// What stops a command before it has a result.
struct Stop : std::exception {
  explicit Stop(Exit code) : exit{code} {}
  Exit exit;
};

// Says "ringside: error: ..." on stderr.
void complain(std::string_view message);
void note(std::string_view message);  // nothing is wrong, and yet it should be known
// Prints findings, one on a line.
void complain(const Findings&);
// The same, and stops with bad_input if there are any.
void stop_if(const Findings&);
// The library; stops with machine_lacks if there is none.
Library the_library();
// Writes a result to stdout; stops with output_not_written if that fails.
void print(std::string_view text);

}  // namespace ringside::scenarios
