// The stack behind a TAP device, in real time, until what was asked for is done.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "ringside/hw/link.hpp"
#include "ringside/net/config.hpp"
#include "ringside/tap/say.hpp"

namespace ringside::tap {

enum class Service : std::uint8_t { echo, discard, chargen, daytime, http, source, sink };

struct Serve {
  Service service{};
  std::string folder{};      // of http
  std::uint64_t octets = 0;  // of source
};

struct Url {
  net::Endpoint server{};
  std::string path{};  // and query, from the slash on
};

struct FetchTask {
  Url url{};
  std::string out{};  // a file; "-": the standard output
};

struct SendTask {
  std::string file{};        // empty: octets that the seed determines
  std::uint64_t octets = 0;  // so many
  net::Endpoint to{};
};

// The two ends of the device, of IPv6.
struct Ipv6Ends {
  net::IpAddress address{};  // of the stack
  int prefix_length = 64;
  net::IpAddress peer{};  // of the kernel
};

struct Options {
  std::optional<std::string> device{};
  std::optional<std::string> network_namespace{};
  net::Ipv4Address address{};  // of the stack
  int prefix_length = 24;
  net::Ipv4Address peer{};         // of the kernel
  std::optional<Ipv6Ends> ipv6{};  // none: of IPv4 alone
  bool fast_open = false;          // text goes with the SYN, and is taken so: RFC 7413
  std::optional<int> mtu{};        // none: that of a device that is there, or 1500
  net::StackConfig stack{};
  hw::LinkConfig link{};  // of each direction
  std::uint64_t seed = 1;
  std::vector<Serve> services{};
  std::optional<FetchTask> fetch{};
  std::optional<SendTask> send{};
  std::string pcap{};  // what passes the device; empty: nowhere
  std::optional<Duration> duration{};
};

enum class Ending : std::uint8_t {
  done,         // the tasks; or the time is over, and there were none
  failed,       // a task
  time_over,    // before the tasks were done
  interrupted,  // by SIGINT or SIGTERM
};

bool kernel_has_ipv6();  // and it is not switched off

// Throws Missing; OutputError.
Ending run(const Options& options, const Say& say);

}  // namespace ringside::tap
